import { randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { onTestFinished } from 'vitest';
import { SecretMask } from '../../src/core/secretMask.js';
import type { World } from '../../src/core/world.js';
import { openUiServer } from '../../src/web/openUiServer.js';
import { folderOf } from '../support/folder.js';

/** An answer of the server, as it came. */
export interface UiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came
  readonly json: any;
}

/** A stream of events, until the test ends. */
export interface UiStream {
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came
  readonly lines: any[];
  /** The first line, from the one at `from` on, that fits. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came
  next(fits: (line: any) => boolean, from?: number): Promise<any>;
  readonly closed: Promise<void>;
  close(): void;
}

export interface OpenUi {
  readonly cwd: string;
  readonly env: Record<string, string>;
  readonly port: number;
  readonly token: string;
  readonly io: World;
  /** All that was answered and told, as it came. */
  readonly heard: string[];
  raw(options: { method?: string; path: string; headers?: Record<string, string>; body?: string }): Promise<UiAnswer>;
  get(path: string): Promise<UiAnswer>;
  post(path: string, body: object): Promise<UiAnswer>;
  /** Starts a job and resolves with it when it has ended. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came
  job(path: string, body: object): Promise<any>;
  stream(after?: string): Promise<UiStream>;
  close(): Promise<void>;
}

interface UiPlan {
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Record<string, string>;
  /** The folder and environment of another server that has ended. */
  readonly like?: Pick<OpenUi, 'cwd' | 'env'>;
  readonly port?: number;
  readonly startHintsThread?: () => Worker;
}

/** Starts the server of the page in a project of its own; it ends with the test. */
export async function openUi({ files = {}, env = {}, like, port = 0, startHintsThread }: UiPlan = {}): Promise<OpenUi> {
  const cwd = like?.cwd ?? folderOf(files);
  const environment = like?.env ?? { XDG_STATE_HOME: folderOf({}), ...env };
  const silent = { write: () => {}, isTTY: false, columns: 80 };
  const io: World = {
    stdout: silent,
    stderr: silent,
    readStdin: async () => new Uint8Array(),
    env: environment,
    cwd,
    clock: { now: Date.now, sleep: (ms, signal) => setTimeout(ms, undefined, signal && { signal }) },
    secrets: new SecretMask(),
    entropy: (bytes) => randomBytes(bytes),
    interrupted: new AbortController().signal,
  };
  const server = await openUiServer({ port, portOption: 'port', ...(startHintsThread && { startHintsThread }) }, io);
  const closers: (() => void)[] = [];
  let isOpen = true;
  const close = async () => {
    if (isOpen) await server.close();
    isOpen = false;
  };
  onTestFinished(async () => {
    for (const end of closers) end();
    await close();
  });
  const [, token = ''] = server.url.split('#token=');
  const heard: string[] = [];
  const raw: OpenUi['raw'] = ({ method = 'GET', path, headers = {}, body }) =>
    new Promise((resolve, reject) => {
      const sent = httpRequest(
        { host: '127.0.0.1', port: server.port, method, path, headers, agent: false },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk) => {
            text += chunk;
          });
          response.on('error', reject);
          response.on('end', () => {
            heard.push(text);
            resolve({
              status: response.statusCode!,
              headers: response.headers,
              text,
              get json() {
                return JSON.parse(text);
              },
            });
          });
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  const own = { 'x-webhook-sim-token': token };
  const get = (path: string) => raw({ path, headers: own });
  const post = (path: string, body: object) =>
    raw({ method: 'POST', path, headers: { ...own, 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const stream: OpenUi['stream'] = async (after) => {
    const lines: unknown[] = [];
    const waiting = new Set<() => void>();
    let rest = '';
    const query = after === undefined ? '' : `?after=${encodeURIComponent(after)}`;
    const sent = httpRequest({
      host: '127.0.0.1',
      port: server.port,
      path: `/api/events${query}`,
      headers: own,
      agent: false,
    });
    closers.push(() => sent.destroy());
    const closed = new Promise<void>((resolve) => {
      sent.on('close', () => resolve());
      sent.on('error', () => resolve());
    });
    await new Promise<void>((resolve, reject) => {
      sent.on('error', reject);
      sent.on('response', (response) => {
        response.on('error', () => {});
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          heard.push(chunk);
          const parts = (rest + chunk).split('\n');
          rest = parts.pop()!;
          lines.push(...parts.map((line) => JSON.parse(line)));
          for (const wake of waiting) wake();
        });
        resolve();
      });
      sent.end();
    });
    return {
      lines,
      closed,
      close: () => sent.destroy(),
      next: (fits, from = 0) =>
        new Promise((resolve) => {
          const look = () => {
            const found = lines.slice(from).find(fits);
            if (found === undefined) return;
            waiting.delete(look);
            resolve(found);
          };
          waiting.add(look);
          look();
        }),
    };
  };
  const job: OpenUi['job'] = async (path, body) => {
    const events = await stream();
    const started = await post(path, body);
    if (started.status !== 200) throw new Error(started.text);
    const { job: id } = started.json;
    await events.next(({ type, job: each }) => type === 'job' && each.id === id && each.state !== 'running');
    events.close();
    return (await get(`/api/jobs/${id}`)).json;
  };
  return { cwd, env: environment, port: server.port, token, io, heard, raw, get, post, job, stream, close };
}
