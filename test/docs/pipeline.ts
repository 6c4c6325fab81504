import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { parse } from 'yaml';
import { type ChildEnded, runShell } from '../support/child.js';
import { folderOf } from '../support/folder.js';
import { bundleCli, bundledCli } from '../support/process.js';
import { freePort } from '../support/rude.js';

const root = join(import.meta.dirname, '../..');
const source = mkdtempSync(join(tmpdir(), 'webhook-sim-clone-'));

/** A clone in which `npm ci` was run, but without its modules, and the tarball that `npm pack` makes there; once `makeClone` has made them. */
export const clone = join(source, 'clone');
export const tarball = join(source, 'webhook-sim.tgz');

/** Makes the clone and its tarball; to be removed with `removeClone`. */
export async function makeClone(): Promise<void> {
  await bundleCli();
  cpSync(dirname(bundledCli), join(clone, 'dist'), {
    recursive: true,
    filter: (path) => path !== bundledCli && basename(path) !== 'package.json',
  });
  for (const name of ['bin', 'payloads', 'package.json', 'CHANGELOG.md', 'action.yml']) {
    cpSync(join(root, name), join(clone, name), { recursive: true });
  }
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', source], { cwd: clone, stdio: 'pipe' });
  cpSync(join(source, readdirSync(source).find((name) => name.endsWith('.tgz'))!), tarball);
}

export function removeClone(): void {
  rmSync(source, { recursive: true, force: true });
}

/** A project with a receiver, a suite of it, and the tarball. */
export interface PipelineProject {
  readonly folder: string;
  /** The environment of its receiver, and the path of its suite. */
  readonly env: Readonly<Record<string, string>>;
  /** A home folder, and a folder before all others in PATH, for programs that stand in for others. */
  readonly home: string;
  readonly programs: string;
  read(name: string): string;
  exists(name: string): boolean;
}

/** A project as the documents assume it, removed when the test ends. */
export async function pipelineProject(): Promise<PipelineProject> {
  const port = String(await freePort());
  const folder = folderOf({
    'package.json': JSON.stringify({ name: 'shop', version: '1.0.0', scripts: { start: 'node server.mjs' } }),
    'package-lock.json': JSON.stringify({
      name: 'shop',
      version: '1.0.0',
      lockfileVersion: 3,
      packages: { '': { name: 'shop', version: '1.0.0' } },
    }),
    'server.mjs': receiver,
    'smoke.webhooks.yaml': `target: http://127.0.0.1:${port}/webhooks\ncases:\n${suite}`,
    'vendor/webhook-sim.tgz': readFileSync(tarball),
  });
  const home = folderOf({});
  const programs = folderOf({});
  return {
    folder,
    env: { PORT: port },
    home,
    programs,
    read: (name) => readFileSync(join(folder, name), 'utf8'),
    exists: (name) => readdirSync(folder).includes(name),
  };
}

/** Takes what is signed with SCALEV_SIGNING_SECRET and nothing else; shows nothing of the secret. */
const receiver = `
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const secret = process.env.RECEIVER_SECRET ?? process.env.SCALEV_SIGNING_SECRET;
  const signature = createHmac('sha256', secret).update(Buffer.concat(chunks)).digest('base64');
  response.writeHead(request.headers['x-scalev-hmac-sha256'] === signature ? 200 : 401).end();
}).listen(process.env.PORT, '127.0.0.1');
`;

const suite = `  - send: scalev order.created
  - send: scalev payment.*
  - send: scalev order.created
    forge: no-signature
    expect: 401
`;

export interface BashOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly home?: string;
  readonly programs?: string;
}

/** Runs a script as GitHub does: bash, which ends at the first command that fails. npm reaches no registry. */
export function bash(script: string, { cwd, env = {}, home = source, programs }: BashOptions): Promise<ChildEnded> {
  const own: Record<string, string> = {
    HOME: home,
    npm_config_offline: 'true',
    npm_config_cache: join(home, '.npm'),
    npm_config_update_notifier: 'false',
    ...(programs && { PATH: `${programs}:${process.env.PATH}` }),
  };
  return runShell('exec bash --noprofile --norc -eo pipefail -c "$1"', [script], { cwd, env: { ...own, ...env } });
}

export interface ActionRun {
  readonly inputs?: Readonly<Record<string, string>>;
  /** The environment that the workflow gives to the step. */
  readonly env?: Readonly<Record<string, string>>;
  /** The folder of the action's own checkout. */
  readonly path?: string;
}

export interface ActionStep {
  readonly name: string;
  readonly shell: string;
  readonly run: string;
  readonly env: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
}

export interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly ActionStep[] };
}

export const action: Action = parse(readFileSync(join(root, 'action.yml'), 'utf8'));

/** Runs the steps of the action as GitHub does, up to the first that fails; `summary` is what it wrote for the page of the run. */
export async function runAction(
  project: PipelineProject,
  { inputs = {}, env = {}, path = clone }: ActionRun,
): Promise<ChildEnded & { summary: string }> {
  const defaults = Object.fromEntries(Object.entries(action.inputs).map(([name, input]) => [name, input.default]));
  const fill = (text: string) =>
    text.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, name: string) => ({ ...defaults, ...inputs })[name]!);
  const [kept, summary] = [join(project.home, 'env'), join(project.home, 'summary')];
  writeFileSync(kept, '');
  writeFileSync(summary, '');
  const github = {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION_PATH: path,
    GITHUB_ENV: kept,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_WORKSPACE: project.folder,
    RUNNER_TEMP: project.home,
  };
  let ended: ChildEnded | undefined;
  for (const step of action.runs.steps) {
    const own = Object.fromEntries(Object.entries(step.env).map(([name, value]) => [name, fill(value)]));
    const earlier = Object.fromEntries(
      [...readFileSync(kept, 'utf8').matchAll(/^(\w+)=(.*)$/gm)].map(([, n, v]) => [n, v]),
    );
    const cwd = join(project.folder, fill(step['working-directory'] ?? '.'));
    ended = await bash(step.run, { ...project, cwd, env: { ...project.env, ...github, ...env, ...earlier, ...own } });
    if (ended.exitCode !== 0) break;
  }
  return { ...ended!, summary: readFileSync(summary, 'utf8') };
}

/** Puts a program into a folder that stands in for another: it writes its arguments into `<name>.log` and does `does`. */
export function standIn(folder: string, name: string, does = ''): () => string[] {
  const log = join(folder, `${name}.log`);
  writeFileSync(join(folder, name), `#!/bin/bash\necho "$(basename "$PWD"): $*" >> '${log}'\n${does}\n`, {
    mode: 0o755,
  });
  return () => readFileSync(log, 'utf8').trimEnd().split('\n');
}
