import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { senderProof } from '../../src/core/senderProof.js';
import { findShipped } from '../../src/providers/catalogue.js';
import { listening } from '../listen/listening.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const names = readdirSync(join(import.meta.dirname, '../../payloads'));

/** The bytes of a file, or of the only one in a folder. */
function contentOf(path: string): Buffer {
  if (statSync(path).isFile()) return readFileSync(path);
  const [file, ...more] = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(more).toEqual([]);
  return readFileSync(join(file!.parentPath, file!.name));
}

describe('what is written of a delivery of the catalogue can be read back', () => {
  it.each(names)('%s', async (name) => {
    const cwd = folderOf({});
    const env = { XDG_STATE_HOME: folderOf({}) };
    const provider = findShipped(name)!;
    const { defaultEvent: event, secret } = provider;
    const verdict = senderProof(provider) === 'nothing' ? /^\? not judged/ : /^✓ genuine/;
    const own = ['--secret', secret.sample];
    const open = await listening([name, '--count', '1', '--save', 'kept', ...own], { cwd, env });
    const run = async (...argv: string[]) => (await cli(argv, { cwd, env })).stdout;
    const exported = async (format: string) => {
      await run('export', name, event, '--format', format, '--with-secrets', '--to', open.url, '--out', format, ...own);
      return contentOf(join(cwd, format));
    };
    const argv = ['send', name, event, '--to', open.url, ...own];
    const whole: Record<string, string | Uint8Array> = {};
    for (const format of ['raw', 'har', 'curl', 'vectors', 'postman'])
      whole[`export ${format}`] = await exported(format);
    const masked: Record<string, string> = {
      '--dry-run': await run(...argv, '--dry-run'),
      '--dry-run --json': await run(...argv, '--dry-run', '--json'),
      '--curl': await run(...argv, '--curl'),
    };
    expect((await cli(argv, { cwd, env })).exitCode).toBe(0);
    await open.ended;
    const suite = { cases: [{ send: `${name} ${event}`, to: 'demo', secret: 'env:OWN' }] };
    writeFileSync(join(cwd, 'suite.json'), JSON.stringify(suite));
    await cli(['run', 'suite.json', '--report', 'har=report.har', '-q'], { cwd, env: { ...env, OWN: secret.sample } });
    masked['--report har'] = contentOf(join(cwd, 'report.har')).toString();
    masked['log --json'] = await run('log', 'last', '--json');
    masked['listen --json'] = open.lines.map((line) => JSON.stringify(line)).join('\n');
    masked['listen --save'] = contentOf(join(cwd, 'kept')).toString('latin1');
    const verdictOf = (stdin: string | Uint8Array) => cli(['verify', name, '-', ...own], { cwd, env, stdin });
    for (const [way, text] of Object.entries(whole)) {
      const { stdout, stderr } = await verdictOf(text);
      expect(stdout, `${way}: ${stderr}`).toMatch(verdict);
    }
    for (const [way, text] of Object.entries(masked)) {
      const { stdout, stderr } = await verdictOf(
        typeof text === 'string' ? Buffer.from(text, way === 'listen --save' ? 'latin1' : 'utf8') : text,
      );
      if (verdict.test(stdout)) continue;
      // What carries the secret is written without it, and that is said.
      expect(stdout + stderr, way).toMatch(/not shown in the capture|was not kept|is missing|shell variable \$SECRET/);
      expect(text, way).toMatch(/\(secret[ )]|\$[A-Z_]{4,}/);
      expect(text, way).not.toContain(secret.sample);
    }
  });
});
