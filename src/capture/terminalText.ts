/** Colors and other orders to a terminal; bodies that are text hold no escape characters. */
const orders = /\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b\n]{0,4096}(?:\x07|\x1b\\))/g;
/** The prompt before a command: `ana@shop:~/api$ `, `[ana@shop api]$ `, and + where a shell traces its commands. */
const prompt = /^(?:\[?[\w.-]{1,64}@[\w.-]{1,64}[^\n]{0,200}?[$#%] |\++ (?=\S))/;
/** The first line that curl writes, after the lines of its command. */
const outputOfCurl =
  /\n(?=\* +(?:Trying |Host |Hostname |Connected |Uses proxy |Rebuilt |Re-using |Added |Could not )| {2}% Total |> [A-Z]{3,20} \S+ HTTP\/\d|< HTTP\/\d)/;
const httpie = /^(?:[$%#>] +)?(?:https?|xh) +\S/;
const requestLine = /\n(?=[A-Z]{3,20} [^\s]{1,8192} HTTP\/\d)/;

/** Reads a text that was copied from a terminal as the input that it shows, with remarks; null for any other text. Characters are bytes. */
export function readTerminalText(latin1: string): { readonly text: string; readonly notes: readonly string[] } | null {
  const isColored = latin1.slice(0, 4096).trimStart().split('\n', 1)[0]!.includes('\u001b[');
  const plain = isColored ? latin1.replace(orders, '') : latin1;
  const start = plain.trimStart();
  const prompted = start.replace(prompt, '$ ');
  const isCommand = /^(?:[$%#] +)?curl(?:\.exe)?[ \t]/.test(prompted);
  const text = isCommand ? extractCommand(prompted) : httpie.test(prompted) ? extractRequest(prompted) : null;
  if (text === null && !isColored) return null;
  const notes = isColored ? ['The colors of a terminal were left out.'] : [];
  return { text: text ?? plain, notes };
}

/** Returns a command of curl without its output; null where there is no output. */
function extractCommand(text: string): string | null {
  const end = outputOfCurl.exec(text)?.index;
  const hasPrompt = /^[$%#] /.test(text);
  if (end === undefined && !hasPrompt) return null;
  const command = text.slice(0, end);
  // The shell prompts for the rest of a command with >.
  return hasPrompt ? command.replace(/(\\\r?\n)> /g, '$1') : command;
}

/** Returns the request that HTTPie showed after its command; null where it showed none. */
function extractRequest(text: string): string | null {
  const at = requestLine.exec(text)?.index;
  return at === undefined ? null : text.slice(at + 1);
}
