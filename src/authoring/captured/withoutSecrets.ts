import { type Json, JsonNumber } from '../../json/value.js';

/** The minimum length of a secret that is searched for inside a text; shorter ones occur by chance and count only as the whole text. */
const shortest = 4;

/** Returns whether a text holds one of the secrets: as it is, in an encoding, or percent-encoded. */
export function holdsAnySecret(text: string, secrets: readonly string[]): boolean {
  return secrets.some((secret) => text === secret || formsOf(secret).some((form) => text.includes(form)));
}

/** Returns whether a text, or the Base64 in it, holds a secret; credentials hide there. */
export function revealsSecret(text: string, secrets: readonly string[]): boolean {
  const decoded = (text.match(/[A-Za-z0-9+/_-]{8,}/g) ?? []).map((run) => Buffer.from(run, 'base64').toString('utf8'));
  return [text, ...decoded].some((each) => holdsAnySecret(each, secrets));
}

/** Returns a body without the secrets: a text or number that holds one becomes `instead`, and in a body that is one text only the secret itself. */
export function withoutSecrets(value: Json, secrets: readonly string[], instead: string): Json {
  if (typeof value !== 'string') return withoutSecretMembers(value, secrets, instead);
  const forms = secrets.flatMap(formsOf).sort((a, b) => b.length - a.length);
  return withoutSecretMembers(
    forms.reduce((text, form) => text.replaceAll(form, () => instead), value),
    secrets,
    instead,
  );
}

function withoutSecretMembers(value: Json, secrets: readonly string[], instead: string): Json {
  if (typeof value === 'string') return revealsSecret(value, secrets) ? instead : value;
  if (value instanceof JsonNumber) return secrets.includes(value.text) ? instead : value;
  if (Array.isArray(value)) return value.map((item) => withoutSecretMembers(item, secrets, instead));
  if (!(value instanceof Map)) return value;
  return new Map(
    [...value].map(([key, member]) => [
      revealsSecret(key, secrets) ? instead : key,
      withoutSecretMembers(member, secrets, instead),
    ]),
  );
}

function formsOf(secret: string): string[] {
  if (secret.length < shortest) return [];
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
}
