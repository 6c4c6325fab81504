/**
 * Sends all events of some providers to applications that know nothing of webhook-sim: Buildbot, a Django and a Rails receiver. Each has to
 * take every one, and Buildbot has to make changes of them. `npm run test:applications` runs it after a build; what is not installed is left
 * out and named (Debian: buildbot, python3-treq, python3-django, ruby-rails).
 */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';

const here = import.meta.dirname;
const cli = join(here, '../../bin/webhook-sim.js');
const secrets = {
  GITHUB_SECRET: 'a secret of github',
  GITLAB_SECRET: 'a secret of gitlab',
  STRIPE_SECRET: 'whsec_a_secret_of_stripe',
  SHOPIFY_SECRET: 'a secret of shopify',
  SCALEV_SECRET: 'a secret of scalev',
};

const applications = [
  {
    name: 'Buildbot',
    isInstalled: () => works('buildbot', ['--version']) && works('/usr/bin/python3', ['-c', 'import treq']),
    command: (folder) => {
      cpSync(join(here, 'master.cfg'), join(folder, 'master.cfg'));
      execFileSync('buildbot', ['upgrade-master', folder], { env: environment(0), stdio: 'pipe' });
      return ['buildbot', ['start', '--nodaemon', folder]];
    },
    prepare: (folder) => execFileSync('buildbot', ['create-master', folder], { stdio: 'pipe' }),
    ready: '/api/v2/changes',
    // It answers other events with 400, and asks GitHub for the files of a pull request.
    events: { github: ['ping', 'push', 'pull_request.*'] },
    targets: { github: '/change_hook/github', gitlab: '/change_hook/gitlab' },
    async proof(url) {
      const { changes } = await (await fetch(`${url}/api/v2/changes`)).json();
      const repositories = new Set(changes.map(({ category, project }) => `${category ?? 'push'} of ${project}`));
      if (changes.length < 3) throw new Error(`Buildbot made ${changes.length} changes`);
      return `${changes.length} changes: ${[...repositories].join(', ')}`;
    },
  },
  {
    name: 'Django',
    isInstalled: () => works('/usr/bin/python3', ['-c', 'import django']),
    command: () => ['/usr/bin/python3', [join(here, 'django_receiver.py')]],
    ready: '/',
    targets: { stripe: '/stripe', shopify: '/shopify', github: '/github' },
  },
  {
    name: 'Rails',
    isInstalled: () => works('ruby', ['-e', 'require "rails"; require "webrick"']),
    command: () => ['ruby', [join(here, 'rails_receiver.rb')]],
    ready: '/',
    targets: { stripe: '/stripe', shopify: '/shopify', github: '/github', scalev: '/scalev' },
  },
];

function works(command, args) {
  try {
    execFileSync(command, args, { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

function environment(port) {
  const { PATH, HOME } = process.env;
  return { PATH, HOME, LANG: 'C.UTF-8', PORT: String(port), GITHUB_API: githubApi, ...secrets };
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function until(url, child) {
  for (let tries = 0; tries < 600; tries++) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      return;
    await setTimeout(100);
  }
  throw new Error('it does not answer');
}

/** Returns the number of accepted deliveries; throws where one was not. */
async function sendAll(provider, url, { events = ['--all'], tampered = false } = {}) {
  const secret = tampered ? 'another secret' : secrets[`${provider.toUpperCase()}_SECRET`];
  const args = [cli, 'send', provider, ...events, '--to', url, '--secret', secret, '--json', '--quiet', '--no-log'];
  if (tampered) args.push('--expect', '4xx');
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1e8 });
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return lines.filter(({ type }) => type === 'delivery').length;
}

/** The deliveries that a run of `send --json` printed and that were not what was expected. */
function rejections(lines) {
  const parsed = lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const wrong = parsed.filter(({ type, ok }) => type === 'delivery' && !ok);
  return wrong
    .map(
      ({ provider, event, outcome, attempts }) => `${provider} ${event} was ${outcome} with ${attempts.at(-1).status}`,
    )
    .join('; ');
}

/** The part of GitHub's API that Buildbot requests: the message of a commit, and the files of a pull request. */
const api = createHttpServer((request, response) => {
  const answer = request.url.endsWith('/files') ? [{ filename: 'README.md' }] : { commit: { message: 'A change' } };
  response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer));
});
await new Promise((resolve) => api.listen(0, '127.0.0.1', resolve));
const githubApi = `http://127.0.0.1:${api.address().port}`;

let failed = 0;
for (const { name, isInstalled, command, prepare, ready, events, targets, proof } of applications) {
  if (!isInstalled()) {
    console.log(`- ${name}: not installed`);
    continue;
  }
  const folder = mkdtempSync(join(tmpdir(), 'webhook-sim-application-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child;
  let log = '';
  try {
    prepare?.(folder);
    const [program, args] = command(folder);
    child = spawn(program, args, { cwd: folder, env: environment(port) });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (log = (log + chunk).slice(-4000)));
    await until(url + ready, child);
    const counts = [];
    for (const [provider, path] of Object.entries(targets)) {
      counts.push(`${provider} ${await sendAll(provider, url + path, { events: events?.[provider] })}`);
      await sendAll(provider, url + path, { events: events?.[provider], tampered: true });
    }
    console.log(
      `✓ ${name} took ${counts.join(', ')}; rejected those with another secret${proof ? `; ${await proof(url)}` : ''}`,
    );
  } catch (error) {
    failed++;
    console.log(`✗ ${name}: ${error.stdout ? rejections(error.stdout) : error.message}\n${log}`);
  } finally {
    child?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}
api.close();
process.exitCode = failed > 0 ? 1 : 0;
