import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bodyFacts } from '../../src/diagnose/hypotheses/bodyFacts.js';
import { typedJsonEncoders } from '../../src/diagnose/hypotheses/typedJsonEncoders.js';

// What the encoders themselves wrote of the documents; the programs that had them write it are beside the files.
const folder = join(import.meta.dirname, 'encoders', 'fixtures');
const documents = readFileSync(join(folder, 'documents.jsonl'), 'utf8').trimEnd().split('\n');

/** The documents that no text of a hypothesis is like, with what the encoder wrote; at most five, to be read. */
function unexplained(hypothesis: string, detail: string, file: string, label: string) {
  const { texts } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
    texts: Record<string, (string | null)[]>;
  };
  const written = texts[label]!;
  expect(written).toHaveLength(documents.length);
  const encoder = typedJsonEncoders.find(({ name }) => name === hypothesis)!;
  return documents
    .map((document, at) => {
      const found = [...encoder.texts(bodyFacts(Buffer.from(document)))].filter(([, each]) => each === detail);
      return { document, ours: found.map(([text]) => text), theirs: written[at]! };
    })
    .filter(({ ours, theirs }) => theirs !== null && !ours.includes(theirs))
    .slice(0, 5);
}

describe('what encoders of typed languages write is explained by the name of the call', () => {
  it.each([
    ['body-java', 'gson.toJson(body) (Gson)', 'gson-2.10.json', 'toJson of a JsonElement'],
    ['body-java', 'gson.toJson of a Map, whose numbers are doubles', 'gson-2.10.json', 'toJson of a Map'],
    ['body-java', 'JsonElement.toString() (Gson)', 'gson-2.10.json', 'toString of a JsonElement'],
    ['body-java', 'Gson with serializeNulls()', 'gson-2.10.json', 'serializeNulls'],
    ['body-java', 'Gson with serializeNulls(), numbers as doubles', 'gson-2.10.json', 'serializeNulls of a Map'],
    ['body-java', 'Gson with disableHtmlEscaping()', 'gson-2.10.json', 'disableHtmlEscaping'],
    ['body-java', 'Gson with setPrettyPrinting()', 'gson-2.10.json', 'setPrettyPrinting'],
    ['body-java', 'objectMapper.writeValueAsString(body) (Jackson)', 'jackson-2.14.json', 'a JsonNode'],
    ['body-java', 'objectMapper.writeValueAsString(body) (Jackson)', 'jackson-2.14.json', 'a Map'],
    ['body-java', 'Jackson, with numbers as BigDecimal', 'jackson-2.14.json', 'BigDecimal'],
    ['body-java', 'Jackson, with numbers as BigDecimal in a JsonNode', 'jackson-2.14.json', 'BigDecimal in a JsonNode'],
    ['body-java', 'Jackson, with JsonInclude.Include.NON_NULL', 'jackson-2.14.json', 'NON_NULL'],
    ['body-java', 'Jackson, with ORDER_MAP_ENTRIES_BY_KEYS', 'jackson-2.14.json', 'ORDER_MAP_ENTRIES_BY_KEYS'],
    [
      'body-java',
      'Jackson, with writerWithDefaultPrettyPrinter()',
      'jackson-2.14.json',
      'writerWithDefaultPrettyPrinter',
    ],
    [
      'body-dotnet',
      'JsonConvert.SerializeObject (Newtonsoft.Json) on .NET Framework',
      'newtonsoft-6.0.json',
      'SerializeObject',
    ],
    [
      'body-dotnet',
      'JsonConvert.SerializeObject (Newtonsoft.Json) on .NET Framework, with DateParseHandling.None',
      'newtonsoft-6.0.json',
      'SerializeObject with DateParseHandling.None',
    ],
    ['body-dotnet', 'JObject.ToString() on .NET Framework', 'newtonsoft-6.0.json', 'JToken.ToString'],
    [
      'body-dotnet',
      'JsonConvert.SerializeObject (Newtonsoft.Json) on .NET Framework',
      'newtonsoft-6.0.json',
      'JToken.ToString with Formatting.None',
    ],
    [
      'body-newtonsoft-escaped',
      'JsonConvert.SerializeObject with StringEscapeHandling.EscapeHtml, on .NET Framework',
      'newtonsoft-6.0.json',
      'EscapeHtml',
    ],
    [
      'body-newtonsoft-escaped',
      'JsonConvert.SerializeObject with StringEscapeHandling.EscapeNonAscii, on .NET Framework',
      'newtonsoft-6.0.json',
      'EscapeNonAscii',
    ],
    ['body-rust', 'serde_json::to_string(&value), whose keys are sorted', 'serde_json-1.0.json', 'to_string'],
    ['body-rust', 'serde_json::to_string_pretty(&value)', 'serde_json-1.0.json', 'to_string_pretty'],
    [
      'body-rust',
      'serde_json::to_string of a struct, or with preserve_order',
      'serde_json-1.0.json',
      'to_string with preserve_order',
    ],
    [
      'body-rust',
      'serde_json::to_string_pretty of a struct, or with preserve_order',
      'serde_json-1.0.json',
      'to_string_pretty with preserve_order',
    ],
    ['body-elixir', 'Jason.encode!(body), whose keys are sorted', 'jason-1.4.json', 'encode!'],
    ['body-elixir', 'Jason.encode!(body, escape: :unicode_safe)', 'jason-1.4.json', 'escape: :unicode_safe'],
    ['body-elixir', 'Jason.encode!(body, escape: :html_safe)', 'jason-1.4.json', 'escape: :html_safe'],
    ['body-elixir', 'Jason.encode!(body, escape: :javascript_safe)', 'jason-1.4.json', 'escape: :javascript_safe'],
    ['body-elixir', 'Jason.encode!(body, pretty: true)', 'jason-1.4.json', 'pretty: true'],
    ['body-elixir', 'Jason.encode! of ordered objects', 'jason-1.4.json', 'ordered objects'],
  ])('%s: %s, as %s has it (%s)', (hypothesis, detail, file, label) => {
    expect(unexplained(hypothesis, detail, file, label)).toEqual([]);
  });
});
