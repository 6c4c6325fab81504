import { createHmac } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { jsonSchemas } from '../../build/jsonSchemas.js';
import { schemePresets } from '../../src/authoring/scaffold/schemePresets.js';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const begin = ['provider', 'new', 'acme'];
const yaml = 'webhook-sim.config.yaml';
const read = (cwd: string, file: string) => readFileSync(join(cwd, file), 'utf8');

/** Returns the names of the checks of `provider test` that did not pass. */
async function found(cwd: string) {
  const { json } = await cli(['provider', 'test', '--json'], { cwd });
  return json.slice(0, -1).flatMap(({ check, verdict }) => (verdict === 'pass' ? [] : [`${check} ${verdict}`]));
}

const schemes = schemePresets.map(({ name }) => name);
const acceptedWords = (scheme: string) =>
  tokens.includes(scheme)
    ? /It compared the secret, which acme sends in each request|It took it unverified: acme signs nothing/
    : /It verified the signature as acme documents it/;
const tokens = ['token', 'bearer', 'basic', 'cloudevents', 'cloudevents-binary'];

describe('provider new', () => {
  it.each(schemes)('writes a provider that is as it has to be: %s', async (scheme) => {
    const cwd = folderOf({});
    const argv = ['--scheme', scheme, '--event', 'order.created', '--event', 'refund/made', '--event', 'Ping'];
    const result = await cli([...begin, ...argv], { cwd });
    expect(result.stdout.replaceAll('\\', '/')).toBe(
      'webhooks/acme/provider.yaml\nwebhooks/acme/events/order.created.json\nwebhooks/acme/events/refund/made.json\nwebhooks/acme/events/Ping.json\nwebhooks/acme/flows.yaml\nwebhook-sim.config.yaml\n',
    );
    expect(result.stderr).toBe(
      'Next:\n  webhook-sim provider test acme\n  webhook-sim send acme order.created --to demo\nAnother event: add its name to events, and add a sample of it next to the others.\n',
    );
    expect(await found(cwd)).toEqual(tokens.includes(scheme) ? [] : ['vectors warn']);
    for (const event of ['order.created', 'refund/made', 'Ping']) {
      const sent = await cli(['send', 'acme', event, '--to', 'demo'], { cwd });
      expect(sent.stderr).toMatch(acceptedWords(scheme));
      expect(sent.exitCode).toBe(0);
    }
  });

  it.each(['yaml', 'json', 'ts'])('writes %s', async (format) => {
    const cwd = folderOf({});
    expect((await cli([...begin, '--format', format, '--secret-env', 'MINE'], { cwd })).exitCode).toBe(0);
    expect(readdirSync(join(cwd, 'webhooks/acme')).sort()).toEqual(['events', 'flows.yaml', `provider.${format}`]);
    expect(await found(cwd)).toEqual(['vectors warn']);
    const server = await captureServer();
    await cli(['send', 'acme', 'order.created', '--to', server.url], { cwd, env: { MINE: 'the secret of the test' } });
    const [{ headers, body }] = server.requests as [(typeof server.requests)[number]];
    expect(headers).toContainEqual([
      'Acme-Signature',
      createHmac('sha256', 'the secret of the test').update(body).digest('hex'),
    ]);
  });

  it.each(['yaml', 'json', 'ts'])('writes names of any look: %s', async (format) => {
    const cwd = folderOf({});
    const events = ["it's made", 'say "hello"', 'a: b # c', 'größer', 'it\'s "both"', '1.5', 'true'];
    const flags = [...events.flatMap((event) => ['--event', event]), '--format', format, '--scheme', 'github'];
    expect((await cli([...begin, ...flags], { cwd })).exitCode).toBe(0);
    const listed = JSON.parse((await cli(['list', 'acme', '--json'], { cwd })).stdout);
    expect(listed.providers[0].events.map(({ name }: { name: string }) => name).sort()).toEqual(events.sort());
  });

  it('signs as its flags say, and tells the receiver what it signs', async () => {
    const cwd = folderOf({});
    const flags = [
      '--header',
      'X-Sum',
      '--hash',
      'sha512',
      '--encoding',
      'base64',
      '--content',
      '{id}:{timestamp}:{body}',
    ];
    expect((await cli([...begin, ...flags], { cwd })).exitCode).toBe(0);
    expect(await found(cwd)).toEqual(['vectors warn']);
    const server = await captureServer();
    await cli(['send', 'acme', 'order.created', '--to', server.url, '--secret', 'k'], { cwd });
    const [{ headers, body }] = server.requests as [(typeof server.requests)[number]];
    const sentHeaders = new Map(headers);
    const content = `${sentHeaders.get('Acme-Id')}:${sentHeaders.get('Acme-Timestamp')}:${body}`;
    expect(sentHeaders.get('X-Sum')).toBe(createHmac('sha512', 'k').update(content).digest('base64'));
    expect(sentHeaders.get('Acme-Timestamp')).toMatch(/^\d{10}$/);
  });

  it('is valid by the JSON Schema that it names, and its comments hold up when they are taken away', async () => {
    const cwd = folderOf({});
    await cli([...begin, '--scheme', 'stripe'], { cwd });
    const text = read(cwd, 'webhooks/acme/provider.yaml');
    expect(text).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/\.\.\/node_modules\/webhook-sim\/dist\/webhook-sim\.provider\.schema\.json\n/,
    );
    const valid = new Ajv2020({ strict: false, validateFormats: false }).compile(jsonSchemas().provider);
    valid(parse(text));
    expect(valid.errors).toBeNull();
    expect(valid({ ...parse(text), colour: 'red' })).toBe(false);
    const uncommented = text.replace(
      /^# (?=(title|docs|method|fields|query|dialect|defaultEvent|handshakes|policy):| {2})/gm,
      '',
    );
    expect(Object.keys(parse(uncommented))).toEqual(
      expect.arrayContaining(['title', 'method', 'fields', 'query', 'dialect', 'handshakes', 'policy']),
    );
    const whole = uncommented.replace('- [sent_at, "{timestamp}"]', '- [data.status, "{timestamp}"]');
    writeFileSync(join(cwd, 'webhooks/acme/provider.yaml'), whole);
    expect(await found(cwd)).toEqual(['vectors warn']);
  });

  it.each<[string, string, string]>([
    [
      'without providers',
      '# mine\ntarget: demo # here\n',
      '# mine\ntarget: demo # here\n\n# Custom providers: folders, files or descriptions.\nproviders:\n  - webhooks/acme\n',
    ],
    [
      'with a description',
      '# mine\nproviders: hooks/shop # one\ntarget: demo\n',
      '# mine\nproviders:\n  - hooks/shop # one\n  - webhooks/acme\ntarget: demo\n',
    ],
    [
      'with a list',
      'providers:\n  # ours\n  - hooks/shop/provider.json\n\n# end\ntarget: demo\n',
      'providers:\n  # ours\n  - hooks/shop/provider.json\n  - webhooks/acme\n\n# end\ntarget: demo\n',
    ],
  ])('names it in a config %s, whose comments stay', async (_, before, after) => {
    const shop = JSON.stringify({ name: 'shop', headers: {}, events: ['a'] });
    const cwd = folderOf({ [yaml]: before, 'hooks/shop/provider.json': shop });
    const { stdout, exitCode } = await cli(begin, { cwd });
    expect(exitCode).toBe(0);
    expect(read(cwd, yaml)).toBe(after);
    expect(stdout).toContain(`${yaml}\n`);
    expect((await cli(['list', 'acme'], { cwd })).exitCode).toBe(0);
  });

  it('goes into the folder whose providers the config takes, and leaves the config alone', async () => {
    const shop = JSON.stringify({ name: 'shop', headers: {}, events: ['a'] });
    const cwd = folderOf({ [yaml]: 'providers: hooks\n', 'hooks/shop/provider.json': shop });
    const { stdout } = await cli(begin, { cwd });
    expect(stdout.replaceAll('\\', '/')).toBe(
      'hooks/acme/provider.yaml\nhooks/acme/events/order.created.json\nhooks/acme/flows.yaml\n',
    );
    expect(read(cwd, yaml)).toBe('providers: hooks\n');
    expect((await cli(['list', 'acme'], { cwd })).exitCode).toBe(0);
  });

  it('changes a config in JSON, and says what to add to one that is a program', async () => {
    const json = folderOf({ 'webhook-sim.config.json': '{\n    "target": "demo"\n}' });
    await cli(begin, { cwd: json });
    expect(read(json, 'webhook-sim.config.json')).toBe(
      '{\n    "target": "demo",\n    "providers": [\n        "webhooks/acme"\n    ]\n}',
    );
    const script = folderOf({ 'webhook-sim.config.mjs': 'export default { target: "demo" };\n' });
    const { stderr } = await cli(begin, { cwd: script });
    expect(stderr).toContain("Name it in webhook-sim.config.mjs: providers: ['webhooks/acme']\n");
    expect(read(script, 'webhook-sim.config.mjs')).toBe('export default { target: "demo" };\n');
  });

  it('writes where --dir says', async () => {
    const cwd = folderOf({});
    await cli([...begin, '--dir', 'test/hooks/acme-two'], { cwd });
    expect(existsSync(join(cwd, 'test/hooks/acme-two/provider.yaml'))).toBe(true);
    expect(read(cwd, yaml)).toMatch(/\nproviders: test\/hooks\/acme-two\n$/);
    expect(await found(cwd)).toEqual(['vectors warn']);
  });

  it('never writes over a file without --force', async () => {
    const cwd = folderOf({});
    await cli(begin, { cwd });
    const config = read(cwd, yaml);
    const again = await cli([...begin, '--scheme', 'token'], { cwd });
    expect(again.stderr).toMatch(/provider\.yaml is there already\. Overwrite it with --force\.\n$/);
    expect(again.exitCode).toBe(2);
    const other = await cli([...begin, '--format', 'json', '--force'], { cwd });
    expect(other.stderr).toContain('A folder has one description only: remove that one first.');
    expect((await cli([...begin, '--scheme', 'token', '--force'], { cwd })).exitCode).toBe(0);
    expect(read(cwd, 'webhooks/acme/provider.yaml')).toContain('X-Acme-Token: "{secret}"');
    expect(read(cwd, yaml)).toBe(config);
    const elsewhere = await cli([...begin, '--dir', 'other'], { cwd });
    expect(elsewhere.stderr).toMatch(
      /acme is the name of the provider of webhooks.acme.provider\.yaml\. Take another\./,
    );
  });

  it('never writes over a sample without --force', async () => {
    const cwd = folderOf({ 'webhooks/acme/events/order.created.json': '{"mine":true}' });
    const { stderr, exitCode } = await cli(begin, { cwd });
    expect(stderr).toMatch(/order\.created\.json is there already\. Overwrite it with --force\.\n$/);
    expect(exitCode).toBe(2);
    expect(read(cwd, 'webhooks/acme/events/order.created.json')).toBe('{"mine":true}');
    expect(readdirSync(cwd)).toEqual(['webhooks']);
  });

  it.each<[string[], RegExp]>([
    [['provider', 'new'], /has no name\. Write: webhook-sim provider new acme/],
    [['provider', 'new', 'Acme Pay'], /Take acme-pay\./],
    [['provider', 'new', 'scalev'], /ships with webhook-sim/],
    [[...begin, '--scheme', 'strip'], /none called strip\. Did you mean stripe\?/],
    [[...begin, '--hash', 'sha265'], /Did you mean sha256/],
    [[...begin, '--encoding', 'bas64'], /Did you mean base64/],
    [[...begin, '--format', 'yml'], /Did you mean yaml\?/],
    [[...begin, '--secret-env', 'my-secret'], /not the name of an environment variable/],
    [[...begin, '--scheme', 'token', '--hash', 'sha1'], /has none\. Leave --scheme out\./],
    [[...begin, '--scheme', 'basic', '--header', 'X'], /fixed names/],
    [[...begin, '--header', 'X Y'], /is not a header name\./],
    [[...begin, '--content', '{timestmp}.{body}'], /unknown placeholder \{timestmp\}/],
    [[...begin, '--event', '../x'], /can be no path of a sample/],
  ])('rejects %j, and writes nothing', async (argv, complaint) => {
    const cwd = folderOf({});
    const { stdout, stderr, exitCode } = await cli(argv, { cwd });
    expect(stderr).toMatch(complaint);
    expect(stdout).toBe('');
    expect(exitCode).toBe(2);
    expect(readdirSync(cwd)).toEqual([]);
  });
});
