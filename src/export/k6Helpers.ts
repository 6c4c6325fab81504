/** Functions that a script for k6 needs some of, by their names; each may call those above it. */
export const k6Helpers = {
  pick: `/** Random characters out of a set. */
const pick = (from, length) => Array.from({ length }, () => from[Math.floor(Math.random() * from.length)]).join('');`,
  hex: `const hex = (length) => pick('0123456789abcdef', length);`,
  uuid: `const uuid = () => \`\${hex(8)}-\${hex(4)}-4\${hex(3)}-\${pick('89ab', 1)}\${hex(3)}-\${hex(12)}\`;`,
  uuid7: `/** A UUID of version 7: its milliseconds come first. */
const uuid7 = (ms) => {
  const time = ms.toString(16).padStart(12, '0');
  return \`\${time.slice(0, 8)}-\${time.slice(8)}-7\${hex(3)}-\${pick('89ab', 1)}\${hex(3)}-\${hex(12)}\`;
};`,
  uuid1: `/** A UUID of version 1: tenths of microseconds since 1582, and an invented node. */
const uuid1 = (ms) => {
  const since = ms + 12219292800000;
  const low = (since % 0x1000000) * 10000 + Math.floor(Math.random() * 10000);
  const high = Math.floor(since / 0x1000000) * 10000 + Math.floor(low / 0x1000000);
  const time = high.toString(16).padStart(9, '0') + (low % 0x1000000).toString(16).padStart(6, '0');
  const node = \`\${hex(1)}\${pick('13579bdf', 1)}\${hex(10)}\`;
  return \`\${time.slice(7)}-\${time.slice(3, 7)}-1\${time.slice(0, 3)}-\${pick('89ab', 1)}\${hex(3)}-\${node}\`;
};`,
  ulid: `/** A ULID: its milliseconds come first. */
const ulid = (ms) => {
  const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  let time = '';
  for (let rest = ms; time.length < 10; rest = Math.floor(rest / 32)) time = digits[rest % 32] + time;
  return time + pick(digits, 16);
};`,
  ksuid: `/** A KSUID: its seconds since May 2014 come first, in base 62. */
const ksuid = (ms) => {
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  const words = [Math.max(0, Math.floor(ms / 1000) - 1400000000)];
  while (words.length < 5) words.push(Math.floor(Math.random() * 4294967296));
  let text = '';
  while (text.length < 27) {
    let rest = 0;
    for (let at = 0; at < 5; at++) {
      const value = rest * 4294967296 + words[at];
      words[at] = Math.floor(value / 62);
      rest = value % 62;
    }
    text = digits[rest] + text;
  }
  return text;
};`,
  snowflake: `/** A snowflake: its milliseconds since 2015 come first. */
const snowflake = (ms) => {
  const since = Math.max(0, ms - 1420070400000);
  const low = (since % 1000000) * 4194304 + Math.floor(Math.random() * 4194304);
  const high = Math.floor(since / 1000000) * 4194304 + Math.floor(low / 1000000);
  return \`\${high}\${String(low % 1000000).padStart(6, '0')}\`;
};`,
  inJson: `/** A text as a string of JSON has it. */
const inJson = (text) => JSON.stringify(text).slice(1, -1);`,
  inPhp: `/** A text as a string of PHP's JSON has it. */
const inPhp = (text) => inJson(text).replace(/\\//g, '\\\\/');`,
  formText: `/** A text as a form has it. */
const formText = (text) =>
  encodeURIComponent(text)
    .replace(/%20/g, '+')
    .replace(/[!'()~]/g, (char) => \`%\${char.charCodeAt(0).toString(16).toUpperCase()}\`);`,
  beforeQuery: `const beforeQuery = (url) => url + (url.includes('?') ? '&' : '?');`,
  fromHex: `/** The bytes that hex digits stand for. */
const fromHex = (text) => {
  const bytes = new Uint8Array(text.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = parseInt(text.slice(2 * at, 2 * at + 2), 16);
  return bytes.buffer;
};`,
} as const;

/** The name of a function that a script for k6 may need. */
export type K6Helper = keyof typeof k6Helpers;

/** The helpers that each helper calls. */
const called: Partial<Record<K6Helper, readonly K6Helper[]>> = {
  hex: ['pick'],
  uuid: ['hex', 'pick'],
  uuid7: ['hex', 'pick'],
  uuid1: ['hex', 'pick'],
  ulid: ['pick'],
  inPhp: ['inJson'],
};

/** The functions that a script needs with those that they call, in order. */
export function helperTexts(needed: ReadonlySet<K6Helper>): string[] {
  const all = new Set([...needed].flatMap((name) => [name, ...(called[name] ?? [])]));
  return Object.entries(k6Helpers).flatMap(([name, text]) => (all.has(name as K6Helper) ? [text] : []));
}
