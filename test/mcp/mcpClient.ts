import { randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { Client } from '@modelcontextprotocol/client';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { onTestFinished } from 'vitest';
import { SecretMask } from '../../src/core/secretMask.js';
import type { World } from '../../src/core/world.js';
import { openMcpServer } from '../../src/mcp/openMcpServer.js';
import { folderOf } from '../support/folder.js';

interface McpPlan {
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Record<string, string>;
  readonly allowRemote?: boolean;
  /** The handshake of the client: that of clients since 2026, or the earlier one. */
  readonly era?: 'auto' | 'legacy';
}

/** The answer of a tool. */
export interface ToolAnswer {
  readonly isError: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came
  readonly value: any;
  readonly text: string;
}

/** Starts the server in a project of its own, with the SDK's client at the other end; both end with the test. */
export async function openMcp({ files = {}, env = {}, allowRemote = false, era = 'legacy' }: McpPlan = {}) {
  const silent = { write: () => {}, isTTY: false, columns: 80 };
  const io: World = {
    stdout: silent,
    stderr: silent,
    readStdin: async () => new Uint8Array(),
    env: { XDG_STATE_HOME: folderOf({}), ...env },
    cwd: folderOf(files),
    clock: { now: Date.now, sleep: (ms, signal) => setTimeout(ms, undefined, signal && { signal }) },
    secrets: new SecretMask(),
    entropy: (bytes) => randomBytes(bytes),
    interrupted: new AbortController().signal,
  };
  const input = new PassThrough();
  const output = new PassThrough();
  const server = await openMcpServer({ allowRemote, input, output }, io);
  const client = new Client({ name: 'test', version: '1.0.0' }, { versionNegotiation: { mode: era } });
  // The same framing from the other end.
  await client.connect(new StdioServerTransport(output, input));
  onTestFinished(async () => {
    await client.close();
    await server.close();
  });
  const call = async (name: string, args: object = {}, options: object = {}): Promise<ToolAnswer> => {
    const answer = await client.callTool({ name, arguments: { ...args } }, options);
    const [content] = answer.content as { text: string }[];
    return { isError: answer.isError === true, value: answer.structuredContent, text: content!.text };
  };
  return { client, call, io };
}
