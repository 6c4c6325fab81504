import { spawnSync } from 'node:child_process';
import { python } from '../support/python.js';

/** Computes a Base64 HMAC-SHA256 with a program that is not ours. */
export type HmacTool = (secret: string, body: Uint8Array) => string;

function run(command: string, args: readonly string[], input: Uint8Array): Buffer {
  const { error, status, stdout, stderr } = spawnSync(command, args, { input });
  if (error) throw new Error(`This test needs ${command}: it can't be run (${error.message}).`);
  if (status !== 0) throw new Error(`${command} failed: ${stderr}`);
  return stdout;
}

const script = `
import base64, hashlib, hmac, os, sys
mac = hmac.new(os.fsencode(sys.argv[1]), sys.stdin.buffer.read(), hashlib.sha256)
sys.stdout.write(base64.b64encode(mac.digest()).decode())
`;

export const hmacTools: Record<string, HmacTool> = {
  openssl: (secret, body) => {
    const mac = run('openssl', ['dgst', '-sha256', '-hmac', secret, '-binary'], body);
    return run('openssl', ['base64', '-A'], mac).toString();
  },
  python3: (secret, body) => python(script, [secret], body).toString(),
};
