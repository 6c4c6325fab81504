/** What a thread of the single executable runs: mounts the files in it once more, which Node.js does for the first thread alone, and sends a load. */
const { posix } = require('node:path');
const { getAssetKeys, getRawAsset } = require('node:sea');
const { pathToFileURL } = require('node:url');
const { create } = require('node:vfs');

const files = create();
for (const key of getAssetKeys()) {
  if (!key.startsWith('dist/')) continue;
  files.mkdirSync(`/${posix.dirname(key)}`, { recursive: true });
  files.writeFileSync(`/${key}`, Buffer.from(getRawAsset(key)));
}
files.mount();
import(pathToFileURL(`${files.mountPoint}/dist/loadWorker.js`).href);
