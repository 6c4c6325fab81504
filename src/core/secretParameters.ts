/** Words that mark a name as that of a secret, at any position. */
const secretWords = new Set([
  ...['token', 'tokens', 'secret', 'secrets', 'password', 'passwd', 'passphrase', 'pwd', 'pass', 'pin'],
  ...['auth', 'authorization', 'bearer', 'jwt', 'credential', 'credentials', 'bypass'],
  ...['signature', 'sig', 'hmac'],
]);

const secretParts = /token|secret|password|api-?key|access-?key|credential/i;

/** The replacement for a value. */
const mark = '(secret)';

/** Returns whether a query parameter of this name is taken to carry a secret where a user wrote it into an address. */
export function isSecretParameter(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const isCode = words.at(-1) === 'code' && (words.length === 1 || words.includes('function'));
  return words.at(-1) === 'key' || isCode || words.some((word) => secretWords.has(word)) || secretParts.test(name);
}

/** Names of the parameters in an address whose values `isSecret` says are secret, each once. */
export function findSecretParameters(address: string, isSecret = isSecretParameter): string[] {
  const names = parseParameters(address).filter(({ name, value }) => value !== '' && isSecret(name));
  return [...new Set(names.map(({ name }) => name))];
}

/** Names of the parameters in an address whose values are only marked. */
export function findMaskedParameters(address: string): string[] {
  return [...new Set(parseParameters(address).flatMap(({ name, value }) => (value === mark ? [name] : [])))];
}

/** Returns whether an address is one of which only secrets are marked. */
export function fitsMasked(address: string, masked: string): boolean {
  const parts = masked.split(mark).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^/?&#]+')}$`).test(address);
}

/** Masks the values of parameters in an address; returns it unchanged where it has none of them. */
export function maskParameters(address: string, names: readonly string[]): string {
  if (names.length === 0) return address;
  let masked = '';
  let at = 0;
  for (const { name, value, start } of parseParameters(address)) {
    if (value === '' || !names.includes(name)) continue;
    masked += address.slice(at, start) + mark;
    at = start + value.length;
  }
  return masked + address.slice(at);
}

/** An address as people and files may see it: without user name and password, and without the values of parameters that look secret. */
export function maskAddress(address: string): string {
  const shown = address.replace(/^([^/?#]*:\/\/)?[^/?#]*@/, '$1');
  return maskParameters(shown, findSecretParameters(shown));
}

/** The secret values of an address, as they are written and as they are meant; those of `names`, or of all parameters that look secret. */
export function secretsInAddress(address: string, names: readonly string[] = findSecretParameters(address)): string[] {
  const values = parseParameters(address).filter(({ name, value }) => value !== '' && names.includes(name));
  return [...new Set(values.flatMap(({ value }) => [value, decoded(value)]))];
}

/** Returns the positions of parameter values in an address. */
export function secretPlaces(
  address: string,
  names: readonly string[],
): { readonly name: string; readonly start: number; readonly end: number }[] {
  return parseParameters(address)
    .filter(({ name, value }) => value !== '' && names.includes(name))
    .map(({ name, value, start }) => ({ name, start, end: start + value.length }));
}

interface Parameter {
  readonly name: string;
  /** As it is written. */
  readonly value: string;
  /** The index of that in the address. */
  readonly start: number;
}

function parseParameters(address: string): Parameter[] {
  const from = address.indexOf('?') + 1;
  if (from === 0) return [];
  const hash = address.indexOf('#', from);
  const query = address.slice(from, hash < 0 ? undefined : hash);
  let at = from;
  return query.split('&').map((pair) => {
    const equals = pair.indexOf('=');
    const name = decoded(equals < 0 ? pair : pair.slice(0, equals));
    const value = equals < 0 ? '' : pair.slice(equals + 1);
    const start = at + pair.length - value.length;
    at += pair.length + 1;
    return { name, value, start };
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
