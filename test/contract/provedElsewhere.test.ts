import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { buildCatalogue } from '../../build/catalogue.js';
import { folderOf } from '../support/folder.js';

it('the index of the catalogue says whose signature is in no header', () => {
  const about =
    'group: auth\nproof: [{ kind: vector, source: here }]\nheaders: { Content-Type: text/plain }\nevents: [paid]\n';
  const token = 'signatures: { token: { scheme: jwt, algorithm: HS256, header: {}, claims: "{body}" } }\n';
  const providers = {
    bodied: `name: bodied\n${about}${token}body: '{token}'\n`,
    parameter: `name: parameter\n${about}query: [[token, '{secret}']]\n`,
    headed: `name: headed\n${about.replace('text/plain', "text/plain, X-Token: '{secret}'")}`,
  };
  const folder = folderOf(
    Object.fromEntries(
      Object.entries(providers).flatMap(([name, text]) => [
        [`${name}/provider.yaml`, text],
        [`${name}/events/paid.json`, '{ "id": 7 }'],
      ]),
    ),
  );
  const outdir = join(folderOf({}), 'catalogue');
  buildCatalogue(folder, outdir, { folder: folderOf({}), hashOf: () => 'only' });
  const index: { name: string; isProvedElsewhere?: boolean }[] = JSON.parse(
    readFileSync(join(outdir, 'index.json'), 'utf8'),
  );
  expect(index.map(({ name, isProvedElsewhere = false }) => [name, isProvedElsewhere])).toEqual([
    ['bodied', true],
    ['headed', false],
    ['parameter', true],
  ]);
});
