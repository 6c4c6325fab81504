import { badCapture } from '../capture.js';
import type { CaptureFormat } from '../captureInput.js';
import { cmdWords } from '../shell/cmdWords.js';
import { curlRequest } from '../shell/curlRequest.js';
import { ShellRefusal } from '../shell/shellCommand.js';

const command = /^\s*(?:[A-Za-z]:\\[^\n>]*>\s*)?(?:\S*\\)?curl(?:\.exe)?\s/i;
/** Doubled quotes within double ones, which a POSIX shell would not have. */
const doubledQuotes = /"[^"\n']*[{[,:]\s*""[^"]|[^\s"]""\s*[:,}\]]/;

/** A command of curl for the command prompt of Windows, as browsers copy it (with carets) and people write it (with doubled quotes). */
export const readCmdExe: CaptureFormat = ({ latin1, source }) => {
  const start = latin1.slice(0, 65_536).replace(/^(?:\s*(?:rem\s|::)[^\n]*\n)+/i, '');
  if (!command.test(start)) return null;
  const hasPrompt = /^\s*[A-Za-z]:\\/.test(start);
  const isDoubled = !start.includes("'") && doubledQuotes.test(start);
  if (!hasPrompt && !hasCarets(start) && !isDoubled) return null;
  try {
    const text = latin1.slice(latin1.indexOf(start.slice(0, 64))).replace(/^\s*(?:[A-Za-z]:\\[^\n>]*>\s*)?/, '');
    const capture = curlRequest(cmdWords(text), null);
    const { method, url, headers } = capture.request;
    const notes = ['This is a command for the command prompt of Windows; it was read as that does it.'];
    return [{ method, url, headers, read: () => ({ ...capture, notes: [...notes, ...capture.notes] }) }];
  } catch (error) {
    if (!(error instanceof ShellRefusal)) throw error;
    const reason = error.message.replace(/\.$/, '');
    throw badCapture(
      source,
      `the curl command can't be read: ${reason}. It is for the command prompt of Windows; browsers copy it as cURL for bash, too.`,
    );
  }
};

/** Returns whether carets occur where only the command prompt has them: at the end of a line, or after curl in its line. */
function hasCarets(text: string): boolean {
  if (/\^\r?\n/.test(text)) return true;
  return text.split('\n').some((line) => {
    const name = /\bcurl(?:\.exe)?\s/i.exec(line);
    return name !== null && /\^["&|<>^%]/.test(line.slice(name.index + name[0].length));
  });
}
