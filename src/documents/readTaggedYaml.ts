import { parseDocument } from 'yaml';

/** Many of them are more than any file that people write has, and what hostile files have. */
const maxAliases = 100;

/**
 * Reads a YAML document of a program in another language: its own tags are ignored, except those of bytes, which become bytes. Undefined where it is
 * not YAML.
 */
export function readTaggedYaml(text: string): unknown {
  const binary = (tag: string) => ({
    tag,
    resolve: (value: string) => new Uint8Array(Buffer.from(value.replace(/\s+/g, ''), 'base64')),
  });
  const document = parseDocument(text, {
    prettyErrors: false,
    logLevel: 'silent',
    customTags: [binary('!binary'), binary('tag:yaml.org,2002:binary')],
  });
  if (document.errors.length > 0) return undefined;
  try {
    return document.toJS({ maxAliasCount: maxAliases }) as unknown;
  } catch {
    return undefined;
  }
}
