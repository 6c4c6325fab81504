/**
 * Makes one file of the package and of the Node.js that runs this, by Node's own mechanism: `executable/webhook-sim`, or the path of the first
 * argument, with the licences of all that is in it next to it. The package is the built clone, or the folder of the second argument. dist/ and docs/ are in
 * it as one asset, which is mounted as a virtual file system: nothing is unpacked.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = resolve(process.argv[3] ?? dirname(import.meta.dirname));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const output = resolve(
  process.argv[2] ?? join(root, `executable/webhook-sim${process.platform === 'win32' ? '.exe' : ''}`),
);

const mountFiles = readFileSync(join(import.meta.dirname, 'executableStart.cjs'), 'utf8');
const requiring = "require('node:module').createRequire(files.mountPoint + '/')";
/** Returns the text of a script that mounts the files and loads one of them. */
const loading = (path) => `${mountFiles}${requiring}('./${path}')`;

if (!existsSync(join(root, 'dist/cli.js'))) fail('There is no dist/ to pack. Run npm run build first.');
const folder = mkdtempSync(join(tmpdir(), 'webhook-sim-executable-'));
try {
  const config = {
    main: join(folder, 'webhook-sim.cjs'),
    disableExperimentalSEAWarning: true,
    execArgv: ['--experimental-vfs'],
    executable: leanNode(folder),
    output,
    assets: { files: join(folder, 'files') },
  };
  writeFileSync(config.main, `${loading('dist/cli.js')}.runProcess();\n`);
  writeFileSync(config.assets.files, packedFiles());
  writeFileSync(join(folder, 'sea.json'), JSON.stringify(config));
  mkdirSync(dirname(output), { recursive: true });
  rmSync(output, { force: true });
  const built = spawnSync(process.execPath, ['--build-sea', join(folder, 'sea.json')], { encoding: 'utf8' });
  if (built.status !== 0) fail(`${built.stderr}Node.js ${process.versions.node} can't make the executable: 26.10 can.`);
  if (process.platform === 'darwin') execFileSync('codesign', ['--sign', '-', output]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
writeFileSync(join(dirname(output), 'LICENSES.md'), licences());
const { stdout, stderr } = spawnSync(output, ['--version'], { encoding: 'utf8' });
if (stdout !== `${version}\n` || stderr !== '') {
  fail(
    `${output} does not run: ${stderr}Node.js 26.10 has the virtual file system that it needs; this is ${process.versions.node}.`,
  );
}
console.log(
  `${output}: ${(statSync(output).size / 1e6).toFixed(0)} MB, webhook-sim ${version} in Node.js ${process.versions.node}`,
);

/** The files that the command line reads: a line of JSON with the place of each by its path in the executable, then their contents. What only the library needs stays out. */
function packedFiles() {
  const inDist = readdirSync(join(root, 'dist'), { recursive: true, encoding: 'utf8' })
    .map((name) => `dist/${name.replaceAll('\\', '/')}`)
    .filter((name) => !/\.(?:cjs|d\.ts)$|^dist\/types\/|^dist\/types$/.test(name));
  const docs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
  const files = [...inDist, ...docs.map((name) => `docs/${name}`)]
    .filter((name) => statSync(join(root, name)).isFile())
    .map((name) => [name, readFileSync(join(root, name))]);
  // Without its type, Node.js reads each module twice to find that it is one.
  files.push(['package.json', Buffer.from('{"type":"module"}')]);
  files.push([
    'dist/executableWorker.cjs',
    Buffer.from(`${mountFiles}const load = (name) => ${requiring}('./dist/' + name);\n`),
  ]);
  const places = {};
  let at = 0;
  for (const [name, content] of files) {
    places[`/${name}`] = [at, at + content.length];
    at += content.length;
  }
  return Buffer.concat([Buffer.from(`${JSON.stringify(places)}\n`), ...files.map(([, content]) => content)]);
}

/** Returns Node.js without its debugging information, which is a fifth of it on Linux; unchanged where there is no `strip`. */
function leanNode(place) {
  if (process.platform !== 'linux') return process.execPath;
  const copy = join(place, 'node');
  copyFileSync(process.execPath, copy);
  return spawnSync('strip', [copy]).status === 0 ? copy : process.execPath;
}

/** The licences of webhook-sim, of the packages in it, and of Node.js, which comes with its own in a place for each way to install it. */
function licences() {
  const [ours, others] = ['LICENSE', 'THIRD_PARTY_NOTICES.md'].map((name) => readFileSync(join(root, name), 'utf8'));
  const place = dirname(process.execPath);
  const arch = `node-${process.platform.replace('win32', 'win')}-${process.arch}`;
  const found = ['../LICENSE', 'LICENSE', `../node_modules/${arch}/LICENSE`, `../../${arch}/LICENSE`]
    .map((name) => join(place, name))
    .find((path) => existsSync(path));
  const node = found
    ? readFileSync(found, 'utf8')
    : `https://github.com/nodejs/node/blob/${process.version}/LICENSE has the licences of Node.js and of what is in it.\n`;
  return `# webhook-sim ${version}\n\n${ours}\n${others}\n# Node.js ${process.versions.node}\n\n${node}`;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
