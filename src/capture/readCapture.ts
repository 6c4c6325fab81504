import { badCapture, type Capture, type CapturedItem } from './capture.js';
import { type CaptureFormat, type CaptureInput, captureInput } from './captureInput.js';
import { type CaptureChoice, chooseItem, plainName } from './chooseItem.js';
import { readBrunoCollection } from './formats/brunoCollection.js';
import { readBrunoFile } from './formats/brunoFile.js';
import { readCharlesTrace } from './formats/charlesTrace.js';
import { readCmdExe } from './formats/cmdExe.js';
import { readCsvTable } from './formats/csvTable.js';
import { readCurl } from './formats/curl.js';
import { readCurlVerbose } from './formats/curlVerbose.js';
import { readGithubPage } from './formats/githubPage.js';
import { readHar } from './formats/har.js';
import { readHurl } from './formats/hurl.js';
import { readInsomnia } from './formats/insomnia.js';
import { readPostman } from './formats/postman.js';
import { readPowerShell } from './formats/powerShell.js';
import { readRawHttp } from './formats/rawHttp.js';
import { readRestClient } from './formats/restClient.js';
import { readSmeeStream } from './formats/smee.js';
import { unreadableReason } from './formats/unreadable.js';
import { lostNotes } from './halfCharacter.js';
import { readParts } from './parts.js';
import { repeatedKeyNotes } from './repeatedKeyNotes.js';

/** Readers of JSON, the one that knows most about its file first. */
const ofDocuments: readonly CaptureFormat[] = [readHar, readPostman, readInsomnia, readBrunoCollection, readParts];

/** Readers of text. The last reads HTTP, and reports the fault of any other text. */
const ofText: readonly CaptureFormat[] = [
  readCharlesTrace,
  readPowerShell,
  readCmdExe,
  readCurl,
  readCurlVerbose,
  readBrunoFile,
  readGithubPage,
  readCsvTable,
  readSmeeStream,
  readHurl,
  readRestClient,
  readRawHttp,
];

/**
 * Reads a saved request in any form: HTTP text, a HAR, a command of curl, an export of a tool. Executes nothing. Rejects with a UsageError that names
 * the form of a file that can't be read.
 */
export async function readCapture(bytes: Uint8Array, choice: CaptureChoice): Promise<Capture> {
  const { source, nameOf = plainName } = choice;
  if (bytes.length === 0) throw badCapture(source, 'it is empty.');
  const input = captureInput(bytes, { source, nameOf });
  if (input.bytes.length === 0) throw badCapture(source, 'it is empty: it holds only a byte order mark.');
  if (/^\s*$/.test(input.text)) throw badCapture(source, 'it is empty: it holds only blank lines.');
  const { item, notes } = chooseItem(await readItems(input), choice);
  const capture = item.read();
  const { body } = capture.request;
  const allNotes = [...capture.notes, ...lostNotes(body), ...repeatedKeyNotes(body)];
  return { ...capture, notes: [...input.notes, ...notes, ...allNotes] };
}

async function readItems(input: CaptureInput): Promise<readonly CapturedItem[]> {
  const { source, text, document } = input;
  const known = unreadableReason(input);
  if (known !== null) throw badCapture(source, known);
  if (/^\s*[{[]/.test(text)) {
    const found = readFirst(ofDocuments, input);
    if (found) return found;
    const script = document === undefined ? readCurl(input) : null;
    if (script) return script;
    throw badCapture(
      source,
      document === undefined
        ? 'it is neither HTTP text nor JSON. Is the HAR cut?'
        : `it is JSON, but no HAR, nor a request of a tool that is known. For a body alone use ${input.nameOf('body')}.`,
    );
  }
  if (isYaml(text)) {
    const { readYamlRecording } = await import('./formats/yamlRecording.js');
    return readYamlRecording(input);
  }
  return readFirst(ofText, input)!;
}

function readFirst(formats: readonly CaptureFormat[], input: CaptureInput): readonly CapturedItem[] | null {
  for (const format of formats) {
    const found = format(input);
    if (found) return found;
  }
  return null;
}

/** Its first key: headers of HTTP have no lines below them that are set in, and no such names. */
const firstKey =
  /^(?:---[^\n]*\n)?(?:#[^\n]*\n|[ \t]*\r?\n|version:[^\n]*\n|recorded_with:[^\n]*\n)*(?:opencollection:|type:[ \t]*["']?[\w.]*insomnia|[A-Za-z_][\w-]*:[ \t]*\r?\n(?:[ \t]+["'\w]|[ \t]*- ))/;

/** Returns whether a text is YAML. */
function isYaml(text: string): boolean {
  return firstKey.test(text.slice(0, 65_536));
}
