// PHP's own server with several workers, which prints its port and ends with its standard input as the other programs do.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const [file] = process.argv.slice(2);
const env = { ...process.env, PHP_CLI_SERVER_WORKERS: '8' };
// A group of its own: a server that is ended leaves its workers behind.
const server = spawn('php', ['-S', '127.0.0.1:0', file], { env, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
let told = false;
createInterface(server.stderr).on('line', (line) => {
  const [, port] = /http:\/\/127\.0\.0\.1:(\d+)\) started/.exec(line) ?? [];
  if (port && !told) console.log(port);
  told ||= port !== undefined;
});
process.stdin.on('end', () => process.kill(-server.pid, 'SIGKILL')).resume();
server.on('close', () => process.exit());
