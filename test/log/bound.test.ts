import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { append } from '../../src/history/append.js';
import { logFolder } from '../../src/history/logFolder.js';
import { captureServer } from '../support/capture.js';
import { folderOf } from '../support/folder.js';
import { filesBelow, loggedProject } from './project.js';

const mebibyte = 1024 * 1024;
const bytesOf = (folder: string) => filesBelow(folder).reduce((sum, path) => sum + statSync(path).size, 0);

describe('the log is bounded:', () => {
  it('a project to some 16 MiB, of which the newest are kept', () => {
    const log = logFolder('/some/project', { env: { XDG_STATE_HOME: folderOf({}) } })!;
    const line = (number: number) => `{"number":${number},"filler":"${'x'.repeat(200_000)}"}\n`;
    for (let number = 0; number < 300; number++) append(log, line(number), 'abc123');
    expect(bytesOf(log.path)).toBeLessThan(18 * mebibyte);
    expect(bytesOf(log.path)).toBeGreaterThan(14 * mebibyte);
    for (const path of filesBelow(log.path)) expect(statSync(path).mode & 0o777).toBe(0o600);
    const names = readdirSync(log.path).sort();
    expect(names).toContain('deliveries.jsonl');
    // 200 KB each: a file is full with six of them, and 300 fill fifty.
    expect(names.filter((name) => name.startsWith('deliveries.0')).at(-1)).toBe('deliveries.00000049.abc123.jsonl');
  });

  it('all projects together to a hundred, of which the least recently used go', async () => {
    const project = loggedProject();
    const all = join(project.state, 'webhook-sim/log');
    const folders = Array.from({ length: 130 }, (_, i) => join(all, `project-${String(i).padStart(3, '0')}`));
    for (const [i, folder] of folders.entries()) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'deliveries.jsonl'), '{}\n');
      utimesSync(join(folder, 'deliveries.jsonl'), 1_700_000_000 + i, 1_700_000_000 + i);
    }
    await project.run(['send', 'scalev', 'order.created', '-q', '--to', 'demo']);
    const left = readdirSync(all).sort();
    expect(left).toHaveLength(100);
    expect(left.filter((name) => name.startsWith('project')).slice(0, 1)).toEqual(['project-031']);
    expect(await project.kept()).toHaveLength(1);
  });

  it('all projects together to 256 MiB', async () => {
    const project = loggedProject();
    const all = join(project.state, 'webhook-sim/log');
    for (let i = 0; i < 20; i++) {
      mkdirSync(join(all, `project-${i}`), { recursive: true });
      const file = join(all, `project-${i}`, 'deliveries.jsonl');
      writeFileSync(file, '');
      const { truncateSync } = await import('node:fs');
      truncateSync(file, 16 * mebibyte);
      utimesSync(file, 1_700_000_000 + i, 1_700_000_000 + i);
    }
    await project.run(['send', 'scalev', 'order.created', '-q', '--to', 'demo']);
    expect(bytesOf(all)).toBeLessThan(257 * mebibyte);
    expect(readdirSync(all)).toHaveLength(17);
    expect(readdirSync(all)).not.toContain('project-3');
  });

  it('a body of more than 1 MiB is kept as its hash, one of 1 MiB whole', async () => {
    const server = await captureServer();
    const project = loggedProject();
    const raw = ['send', 'scalev', 'order.created', '--raw', '-', '--to', server.url, '-q'];
    await project.run(raw, { stdin: Buffer.alloc(mebibyte + 1, 'x') });
    await project.run(raw, { stdin: Buffer.alloc(mebibyte, 1) });
    const [large, whole] = await project.kept();
    expect(large.request).toMatchObject({ bytes: mebibyte + 1, body: null });
    expect(Buffer.from(whole.request.bodyBase64, 'base64').equals(Buffer.alloc(mebibyte, 1))).toBe(true);
    expect(bytesOf(project.state)).toBeLessThan(1.5 * mebibyte);
    expect((await project.run(['resend', large.key])).stderr).toContain('its 1048577 bytes are too many');
  });

  it('a run of a thousand whole, of a longer one the first thousand, what failed, and the last', async () => {
    const project = loggedProject();
    let count = 0;
    const { url } = await captureServer(
      () => `HTTP/1.1 ${++count % 500 === 0 ? 500 : 200} -\r\nContent-Length: 0\r\n\r\n`,
    );
    const send = ['send', 'webconnex', 'ping', '--json', '-q', '--to', url, '--count'];
    const first = (await project.run([...send, '1000'])).json.slice(0, -1);
    expect((await project.kept()).map(({ id }) => id)).toEqual(first.map(({ id }) => id));
    const second = (await project.run([...send, '3200'])).json.slice(0, -1);
    const kept = second.filter(({ ok }, i) => i < 1000 || !ok || i === 3199);
    expect(kept).toHaveLength(1005);
    expect((await project.kept()).map(({ id }) => id)).toEqual([...first, ...kept].map(({ id }) => id));
  });

  it('a run of which all fail to the newest, as much as waits to be written', async () => {
    const project = loggedProject();
    const { url } = await captureServer('HTTP/1.1 500 -\r\nContent-Length: 0\r\n\r\n');
    const { json } = await project.run(['send', 'webconnex', 'ping', '--json', '-q', '--to', url, '--count', '5000']);
    const kept = (await project.kept()).map(({ id }) => id);
    expect(kept.length).toBeGreaterThanOrEqual(1000);
    expect(kept.slice(-1000)).toEqual(json.slice(-1001, -1).map(({ id }) => id));
  });
});
