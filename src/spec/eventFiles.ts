import { sampleFile } from '../payloads/sampleName.js';

/** The most bytes that file systems take as one name, less those of an ending such as that of a copy. */
const maxName = 200;

/** The files of events' samples, so that no event takes that of another, even on a file system that ignores letter case. */
export class EventFiles {
  readonly #files = new Map<string, string>();
  readonly #folders = new Map<string, string>();

  /** Adds an event; returns the reason where its sample can't have a separate file. */
  add(event: string): string | null {
    const path = sampleFile({ event, variant: null });
    if (path.split('/').some((name) => name.length > maxName)) return `the name ${event} is too long for a file`;
    const file = path.toLowerCase();
    const folders = foldersOf(file);
    const same = this.#files.get(file);
    if (same === event) return `there is an event ${event} already`;
    if (same !== undefined) return `${event} differs from ${same} only in the case of its letters, as files can't`;
    const other = this.#folders.get(file) ?? folders.flatMap((folder) => this.#files.get(folder) ?? [])[0];
    if (other !== undefined) return `the file of ${event} would be the folder of ${other}, or the other way round`;
    this.#files.set(file, event);
    for (const folder of folders) this.#folders.set(folder, event);
    return null;
  }
}

function foldersOf(path: string): string[] {
  const names = path.split('/').slice(0, -1);
  return names.map((_, at) => names.slice(0, at + 1).join('/'));
}
