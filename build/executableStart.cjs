/**
 * What the single executable runs first, in each thread: mounts the files in it, which are one asset, as each is first read. Node.js can mount
 * assets itself, but in the first thread alone, and looks at each of five hundred at a start.
 */
const { getRawAsset } = require('node:sea');
const { create, MemoryProvider } = require('node:vfs');

const asset = Buffer.from(getRawAsset('files'));
const end = asset.indexOf('\n');
const contents = asset.subarray(end + 1);
/** Where each file begins in the contents and ends, by its path, until it is read. */
const unread = new Map(Object.entries(JSON.parse(asset.toString('utf8', 0, end))));

class AssetProvider extends MemoryProvider {
  #read(path) {
    const place = unread.get(path);
    if (!place) return path;
    unread.delete(path);
    super.mkdirSync(path.slice(0, path.lastIndexOf('/')), { recursive: true });
    super.writeFileSync(path, contents.subarray(...place));
    return path;
  }
  openSync(path, ...options) {
    return super.openSync(this.#read(path), ...options);
  }
  statSync(path, ...options) {
    return super.statSync(this.#read(path), ...options);
  }
  lstatSync(path, ...options) {
    return super.lstatSync(this.#read(path), ...options);
  }
  existsSync(path) {
    return super.existsSync(this.#read(path));
  }
  realpathSync(path, ...options) {
    return super.realpathSync(this.#read(path), ...options);
  }
  readdirSync(path, ...options) {
    for (const each of [...unread.keys()]) if (each.startsWith(`${path}/`)) this.#read(each);
    return super.readdirSync(path, ...options);
  }
}

const files = create(new AssetProvider(), { emitExperimentalWarning: false });
files.mount();
