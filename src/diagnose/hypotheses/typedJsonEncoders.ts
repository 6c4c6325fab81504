import { type EncoderRules, encodeJsonBy } from '../../json/encodeJson.js';
import type { Json } from '../../json/value.js';
import { attempt, type BodyFacts } from './bodyFacts.js';
import { floatTexts, keepingIntegers, rustNumber } from './floatTexts.js';
import type { JsonEncoder } from './jsonEncoders.js';
import { laidOut, laidOutByJackson, sorted, sortedByBytes } from './layout.js';
import { withNewtonsoftDates } from './newtonsoftDates.js';

/** Of a larger body only the usual settings of an encoder are tried. */
const maxVaried = 256 << 10;

const unit = (code: number, capital: boolean) => {
  const hex = code.toString(16).padStart(4, '0');
  return `\\u${capital ? hex.toUpperCase() : hex}`;
};
const escaped = (pattern: RegExp, capital: boolean) => (json: string) =>
  json.replace(pattern, (char) =>
    [...Array(char.length).keys()].map((at) => unit(char.charCodeAt(at), capital)).join(''),
  );

/** JSON's own escapes, with capital digits in those of control characters. */
const capitals = (text: string) =>
  JSON.stringify(text).replace(/\\u([0-9a-f]{4})|\\./g, (found, hex?: string) =>
    hex === undefined ? found : `\\u${hex.toUpperCase()}`,
  );
const quotesAsUnits = (json: string) =>
  `"${json.slice(1, -1).replace(/\\./g, (found) => (found === '\\"' ? '\\u0022' : found))}"`;

const dotnetDefault = escaped(/[&'+<>`\u007f-\uffff]/g, true);
// Characters beyond 16 bits, white space and unassigned ones are escaped even so.
const dotnetRelaxed = escaped(/[\u007f-\u009f]|(?! )[\p{Zs}\p{Zl}\p{Zp}\p{Co}\p{Cn}]|[\u{10000}-\u{10ffff}]/gu, true);
const gsonHtml = escaped(/[<>&='\u2028\u2029]/g, false);
const gsonPlain = escaped(/[\u2028\u2029]/g, false);
const newtonsoft = escaped(/[\u0085\u2028\u2029]/g, false);
const newtonsoftHtml = escaped(/[<>&'\u0085\u2028\u2029]/g, false);
const newtonsoftAscii = escaped(/[\u0080-\uffff]/g, false);

const compact = { comma: ',', colon: ':', indent: 0 } as const;
const plain = (text: string) => JSON.stringify(text);
const rules = (
  string: EncoderRules['string'],
  number: EncoderRules['number'],
  more: Partial<EncoderRules> = {},
): EncoderRules => ({ ...compact, string, number, ...more });

const crlf = (text: string | undefined) => text?.replaceAll('\n', '\r\n');
const written = (body: BodyFacts, by: EncoderRules, change: (value: Json) => Json = (value) => value) =>
  attempt(() => {
    const value = body.json();
    return value === undefined ? undefined : encodeJsonBy(change(value), by);
  });
const indented = (text: string | undefined) => text && attempt(() => laidOut(text, '  '));

const systemText = rules((text) => dotnetDefault(quotesAsUnits(capitals(text))), floatTexts.asWritten);
const newtonsoftRules = rules((text) => newtonsoft(plain(text)), keepingIntegers(floatTexts.newtonsoft));
const frameworkRules = { ...newtonsoftRules, number: keepingIntegers(floatTexts.newtonsoftFramework) };
const bigDecimals = keepingIntegers(floatTexts.javaDecimal);
const javaFloats = keepingIntegers(floatTexts.javaDouble);
const gson = (text: string) => gsonHtml(plain(text));

/** Encoders of languages with types, with their usual settings. */
export const typedJsonEncoders: readonly JsonEncoder[] = [
  {
    name: 'body-dotnet',
    alone: true,
    call: 'JsonSerializer.Serialize or JsonConvert.SerializeObject',
    languages: ['csharp'],
    *texts(body) {
      const text = written(body, systemText);
      yield [text, 'JsonSerializer.Serialize(body) (System.Text.Json)'];
      const relaxed = { ...systemText, string: (each: string) => dotnetRelaxed(capitals(each)) };
      yield [written(body, relaxed), 'JsonSerializer.Serialize with JavaScriptEncoder.UnsafeRelaxedJsonEscaping'];
      const dated = written(body, newtonsoftRules, withNewtonsoftDates);
      yield [dated, 'JsonConvert.SerializeObject (Newtonsoft.Json), which reads dates and rewrites them'];
      const undated = written(body, newtonsoftRules);
      yield [undated, 'JsonConvert.SerializeObject (Newtonsoft.Json) with DateParseHandling.None'];
      if (body.bytes.length > maxVaried) return;
      const typed = { ...systemText, number: keepingIntegers(floatTexts.dotnetDouble) };
      yield [written(body, typed), 'JsonSerializer.Serialize of objects with properties of type double'];
      const relaxedTyped = { ...relaxed, number: typed.number };
      yield [written(body, relaxedTyped), 'JsonSerializer.Serialize of doubles, with UnsafeRelaxedJsonEscaping'];
      const withoutNull = { ...systemText, omitsNull: true as const };
      yield [written(body, withoutNull), 'JsonSerializer.Serialize with JsonIgnoreCondition.WhenWritingNull'];
      const framework = written(body, frameworkRules, withNewtonsoftDates);
      yield [framework, 'JsonConvert.SerializeObject (Newtonsoft.Json) on .NET Framework'];
      const undatedFramework = written(body, frameworkRules);
      yield [
        undatedFramework,
        'JsonConvert.SerializeObject (Newtonsoft.Json) on .NET Framework, with DateParseHandling.None',
      ];
      for (const [from, call] of [
        [text, 'JsonSerializer.Serialize with WriteIndented'],
        [dated, 'JObject.ToString()'],
        [undated, 'JObject.ToString(), with DateParseHandling.None'],
        [framework, 'JObject.ToString() on .NET Framework'],
        [undatedFramework, 'JObject.ToString() on .NET Framework, with DateParseHandling.None'],
      ] as const) {
        yield [indented(from), call];
        yield [crlf(indented(from)), `${call}, on Windows`];
      }
    },
  },
  {
    name: 'body-kotlin',
    alone: true,
    call: 'Json.encodeToString',
    languages: ['kotlin', 'java'],
    *texts(body) {
      const asWritten = written(body, rules(plain, floatTexts.asWritten));
      yield [asWritten, 'Json.encodeToString(body) (kotlinx.serialization)'];
    },
  },
  {
    name: 'body-java',
    alone: true,
    call: 'ObjectMapper.writeValueAsString or Gson.toJson',
    languages: ['java'],
    *texts(body) {
      yield [written(body, rules(capitals, javaFloats)), 'objectMapper.writeValueAsString(body) (Jackson)'];
      const html = rules(gson, floatTexts.asWritten, { omitsNull: true });
      yield [written(body, html), 'gson.toJson(body) (Gson)'];
      yield [
        written(body, { ...html, number: floatTexts.javaDouble }),
        'gson.toJson of a Map, whose numbers are doubles',
      ];
      if (body.bytes.length > maxVaried) return;
      yield [written(body, rules(capitals, floatTexts.javaDouble)), 'Jackson, with all numbers as doubles (1.0)'];
      yield [written(body, rules(capitals, bigDecimals)), 'Jackson, with numbers as BigDecimal'];
      const stripped = keepingIntegers(floatTexts.javaStripped);
      yield [written(body, rules(capitals, stripped)), 'Jackson, with numbers as BigDecimal in a JsonNode'];
      const spaced = written(body, rules(capitals, javaFloats));
      yield [spaced && laidOutByJackson(spaced), 'Jackson, with writerWithDefaultPrettyPrinter()'];
      yield [spaced && crlf(laidOutByJackson(spaced)), 'Jackson, with writerWithDefaultPrettyPrinter(), on Windows'];
      const nonNull = rules(capitals, javaFloats, { omitsNull: true });
      yield [written(body, nonNull), 'Jackson, with JsonInclude.Include.NON_NULL'];
      yield [written(body, rules(gson, floatTexts.asWritten)), 'Gson with serializeNulls()'];
      yield [written(body, rules(gson, floatTexts.javaDouble)), 'Gson with serializeNulls(), numbers as doubles'];
      yield [written(body, rules(gson, javaFloats)), 'Gson with serializeNulls(), fractions as doubles'];
      yield [written(body, { ...html, number: javaFloats }), 'Gson, with fractions as doubles'];
      const bare = (text: string) => gsonPlain(plain(text));
      yield [written(body, rules(bare, floatTexts.asWritten)), 'JsonElement.toString() (Gson)'];
      yield [written(body, rules(bare, floatTexts.asWritten, { omitsNull: true })), 'Gson with disableHtmlEscaping()'];
      const moshi = rules(bare, floatTexts.javaDouble, { omitsNull: true });
      yield [written(body, moshi), 'Moshi, or Gson with disableHtmlEscaping(), with numbers as doubles'];
      yield [indented(written(body, html)), 'Gson with setPrettyPrinting()'];
      const slashed = (text: string) => plain(text).replaceAll('</', '<\\/');
      yield [written(body, rules(slashed, floatTexts.asWritten)), 'JSONObject.toString() (org.json)'];
      yield [written(body, rules(capitals, javaFloats), sorted), 'Jackson, with ORDER_MAP_ENTRIES_BY_KEYS'];
    },
  },
  {
    // What Gson writes by default, few have Newtonsoft.Json write.
    name: 'body-newtonsoft-escaped',
    alone: true,
    call: 'JsonConvert.SerializeObject',
    languages: ['csharp'],
    *texts(body) {
      if (body.bytes.length > maxVaried) return;
      for (const [handling, string] of [
        ['EscapeHtml', (each: string) => newtonsoftHtml(quotesAsUnits(plain(each)))],
        ['EscapeNonAscii', (each: string) => newtonsoftAscii(plain(each))],
      ] as const) {
        const call = `JsonConvert.SerializeObject with StringEscapeHandling.${handling}`;
        yield [written(body, { ...newtonsoftRules, string }, withNewtonsoftDates), call];
        yield [written(body, { ...frameworkRules, string }, withNewtonsoftDates), `${call}, on .NET Framework`];
      }
    },
  },
  {
    name: 'body-rust',
    alone: true,
    call: 'serde_json::to_string',
    languages: ['rust'],
    *texts(body) {
      const byKey = written(body, rules(plain, rustNumber), sortedByBytes);
      const inOrder = written(body, rules(plain, rustNumber));
      yield [byKey, 'serde_json::to_string(&value), whose keys are sorted'];
      yield [inOrder, 'serde_json::to_string of a struct, or with preserve_order'];
      if (body.bytes.length > maxVaried) return;
      yield [indented(byKey), 'serde_json::to_string_pretty(&value)'];
      yield [indented(inOrder), 'serde_json::to_string_pretty of a struct, or with preserve_order'];
    },
  },
  {
    name: 'body-elixir',
    alone: true,
    call: 'Jason.encode!',
    languages: ['elixir'],
    *texts(body) {
      const numbers = keepingIntegers(floatTexts.erlang);
      const usual = written(body, rules(capitals, numbers), sortedByBytes);
      yield [usual, 'Jason.encode!(body), whose keys are sorted'];
      if (body.bytes.length > maxVaried) return;
      const lines = escaped(/[\u2028\u2029]/g, false);
      const ascii = escaped(/[\u0080-\uffff]/g, true);
      for (const [mode, change] of [
        ['unicode_safe', ascii],
        ['html_safe', (text: string) => lines(text).replaceAll('/', '\\/').replaceAll('<', '\\u003C')],
        ['javascript_safe', lines],
      ] as const) {
        const by = rules((text) => change(capitals(text)), numbers);
        yield [written(body, by, sortedByBytes), `Jason.encode!(body, escape: :${mode})`];
      }
      yield [indented(usual), 'Jason.encode!(body, pretty: true)'];
      yield [written(body, rules(capitals, numbers)), 'Jason.encode! of ordered objects'];
    },
  },
];
