import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { publicKeys } from '../../src/signing/publicKeys.js';
import { exampleProvider } from '../support/exampleProviders.js';
import type { OfficialReceiver } from './receivers.js';

/** The address that a receiver was told, where it listens at another. */
export const toldUrl = 'https://shop.example.com/hooks?shop=senja';

/** The secret that receiver and sender share: not the public sample, which a forger has, too. */
export function secretFor(provider: string): string {
  const { sample } = exampleProvider(provider).secret;
  if (sample.startsWith('seed:')) return 'seed:known-to-the-tests-alone';
  return secrets[provider] ?? 'known-to-the-tests-alone';
}

const secrets: Readonly<Record<string, string>> = {
  adyen: 'a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90',
  chargebee: 'webhooks:known-to-the-tests-alone',
  'standard-webhooks': 'whsec_a25vd24tdG8tdGhlLXRlc3RzLWFsb25l',
  stripe: 'whsec_known_to_the_tests_alone',
};

/** Starts a receiver as a program of its own; it ends with `stop`. */
export async function startReceiver({ provider, file, path, program }: OfficialReceiver) {
  const secret = secretFor(provider);
  const [publicKey] = publicKeys(exampleProvider(provider), secret);
  const env = { ...process.env, SETTINGS: JSON.stringify({ secret, publicKey, url: toldUrl }) };
  const here = import.meta.dirname;
  const [command, ...args] = program
    ? [...program.run, join(here, 'idioms', file)]
    : [process.execPath, join(here, 'receivers/serve.mjs'), file];
  const child = spawn(command!, args, { env, stdio: 'pipe' });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk).slice(-4096);
  });
  child.stdin.on('error', () => {});
  const ended = once(child, 'close');
  const [port] = await Promise.race([once(createInterface(child.stdout), 'line'), ended.then(() => [])]);
  if (!port) throw new Error(`${file} ended before it listened. ${complaint}`);
  return {
    url: `http://127.0.0.1:${port}${path}`,
    secret,
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
