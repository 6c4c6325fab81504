import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs each script that it reads as a program of its own, and writes what that printed. */
const server = `
import base64, io, json, sys, traceback
requests, answers = open(sys.argv[1], 'rb'), open(sys.argv[2], 'wb')
for line in requests:
    script, args, data = json.loads(line)
    output = io.BytesIO()
    sys.argv = ['-c', *args]
    sys.stdin = io.TextIOWrapper(io.BytesIO(base64.b64decode(data)), 'utf-8', newline='')
    sys.stdout = io.TextIOWrapper(output, 'utf-8', newline='')
    failure = None
    try:
        exec(script, {'__name__': '__main__'})
    except BaseException:
        failure = traceback.format_exc()
    sys.stdout.flush()
    answer = json.dumps([base64.b64encode(output.getvalue()).decode(), failure]).encode()
    answers.write(b'%d\\n' % len(answer) + answer)
    answers.flush()
`;

let pipes: { readonly requests: number; readonly answers: number } | undefined;

/** Returns the output of a Python script; one process runs all scripts, since its start takes longer than most of them. */
export function python(script: string, args: readonly string[] = [], input: string | Uint8Array = ''): Buffer {
  pipes ??= start();
  const request = Buffer.from(`${JSON.stringify([script, args, Buffer.from(input).toString('base64')])}\n`);
  for (let sent = 0; sent < request.length; ) sent += writeSync(pipes.requests, request, sent);
  const [output, failure] = JSON.parse(readAnswer(pipes.answers).toString()) as [string, string | null];
  if (failure !== null) throw new Error(failure);
  return Buffer.from(output, 'base64');
}

function start() {
  const folder = mkdtempSync(join(tmpdir(), 'webhook-sim python '));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const paths = ['requests', 'answers'].map((name) => join(folder, name)) as [string, string];
  execFileSync('mkfifo', paths);
  execFileSync('python3', ['--version'], { stdio: 'ignore' });
  // Open for both, so that opening waits for nobody, and the end of this process is the end of the requests.
  const [requests, answers] = paths.map((path) => openSync(path, 'r+')) as [number, number];
  spawn('python3', ['-c', server, ...paths], { stdio: 'ignore' }).unref();
  return { requests, answers };
}

function readAnswer(answers: number): Buffer {
  const byte = Buffer.alloc(1);
  let length = '';
  while (readSync(answers, byte) === 1 && byte[0] !== 0x0a) length += byte;
  const answer = Buffer.alloc(Number(length));
  for (let read = 0; read < answer.length; ) read += readSync(answers, answer, read, answer.length - read, null);
  return answer;
}
