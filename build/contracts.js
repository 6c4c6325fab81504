/** Holds the providers of `payloads/` to the contract of `provider test`: those that changed since they last met it. */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundledText } from './bundle.js';
import { cacheFolder, hashFolder } from './folderCache.js';

const root = dirname(import.meta.dirname);
const payloads = join(root, 'payloads');

/**
 * Throws an Error that names the problem with a changed provider. A fresh clone has passed its tests: the build that follows the installation of
 * packages records its state.
 */
export async function assertContracts({ isFirst, folder = payloads, cache = cacheFolder('contracts') }) {
  const code = await bundledText("export * from './authoring/contract/runContract.js';", 'src');
  const file = join(cache, 'met.json');
  const hashes = Object.fromEntries(readdirSync(folder).map((name) => [name, hashFolder(join(folder, name), code)]));
  const met = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : isFirst ? hashes : {};
  const changed = Object.keys(hashes).filter((name) => met[name] !== hashes[name]);
  const halves = [0, 1].map((half) => changed.filter((_, at) => at % 2 === half));
  const problems = (
    await Promise.all(
      halves.filter(({ length }) => length > 0).map((names) => testProviders(names.map((name) => join(folder, name)))),
    )
  ).flat();
  const broken = new Set(problems.map(({ provider }) => provider));
  const draft = `${file}-${process.pid}`;
  writeFileSync(
    draft,
    JSON.stringify(Object.fromEntries(Object.entries(hashes).filter(([name]) => !broken.has(name)))),
  );
  renameSync(draft, file);
  if (problems.length === 0) return;
  const lines = problems.map(
    ({ file: place, line, message }) => `  ${[place, line].filter(Boolean).join(':')} ${message}`,
  );
  throw new Error(
    `Providers break their contract. For more: node bin/webhook-sim.js provider test payloads/<provider>\n${lines.join('\n')}`,
  );
}

/** Returns the problems with some providers, found by the built command line. */
async function testProviders(folders) {
  const argv = [join(root, 'bin/webhook-sim.js'), 'provider', 'test', ...folders, '--json'];
  const { stdout, stderr } = await new Promise((resolve) =>
    execFile(process.execPath, argv, { cwd: root, maxBuffer: 1e8 }, (_, stdout, stderr) => resolve({ stdout, stderr })),
  );
  const events = stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
  if (events.at(-1)?.type !== 'provider-test-summary') throw new Error(`provider test did not end. ${stderr}`);
  return events
    .filter(({ verdict }) => verdict === 'fail')
    .flatMap(({ provider, problems }) =>
      problems.filter(({ severity }) => severity === 'failure').map((problem) => ({ ...problem, provider })),
    );
}
