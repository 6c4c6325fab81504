import { attempt, type BodyFacts, type ReceiverLanguage } from './bodyFacts.js';
import { emptyAsArrays, laidOut, respaced, unescaped } from './layout.js';
import { printedByPython, printedByRuby } from './printedTexts.js';

/** A way to write JSON that receivers and proxies have. */
export interface JsonEncoder {
  readonly name: string;
  /** The call that writes JSON so, as people know it. */
  readonly call: string;
  /** Texts that this encoder writes, by its usual settings first; `detail` names the call with its options. */
  readonly texts: (body: BodyFacts) => Iterable<readonly [text: string | undefined, detail?: string]>;
  readonly alone?: true;
  /** The languages that have it; all by default. */
  readonly languages?: readonly ReceiverLanguage[];
}

const inJs = ({ plain }: BodyFacts, indent?: string | number) =>
  attempt(() => JSON.stringify(plain(), null, indent) as string | undefined);

const changed = (text: string | undefined, change: (text: string) => string) =>
  text === undefined ? undefined : attempt(() => change(text));

/** Text of Go without its escapes of HTML. */
const withHtml = (text: string) => text.replace(/\\(?:u003c|u003e|u0026|.)/g, (found) => htmlSigns[found] ?? found);
const htmlSigns: Readonly<Record<string, string>> = { '\\u003c': '<', '\\u003e': '>', '\\u0026': '&' };

const layouts = (body: BodyFacts, indent: string) => {
  const spaces = indent.length;
  const inTabs = indent === '\t';
  return [
    [inJs(body, indent), `JSON.stringify(body, null, ${inTabs ? "'\\t'" : spaces})`],
    [changed(inJs(body, indent), (text) => `${text}\n`), 'JSON laid out with a newline at its end, as jq writes it'],
    [
      changed(body.inDialect('python'), (text) => laidOut(respaced(text, ',', ':'), indent)),
      `json.dumps(body, indent=${inTabs ? "'\\t'" : spaces})`,
    ],
    [changed(body.inDialect('php'), (text) => laidOut(text, indent)), 'json_encode($body, JSON_PRETTY_PRINT)'],
    [changed(body.inDialect('ruby'), (text) => laidOut(text, indent)), 'JSON.pretty_generate(body)'],
  ] as const;
};

/** The usual encoders, with their usual options. */
export const jsonEncoders: readonly JsonEncoder[] = [
  {
    name: 'body-js',
    languages: ['node'],
    call: 'JSON.stringify',
    texts: (body) => [[inJs(body), 'JSON.stringify(body)']],
  },
  {
    name: 'body-python',
    languages: ['python'],
    call: 'json.dumps',
    *texts(body) {
      const text = body.inDialect('python');
      yield [text, 'json.dumps(body)'];
      const compact = changed(text, (usual) => respaced(usual, ',', ':'));
      yield [compact, "json.dumps(body, separators=(',', ':'))"];
      yield [changed(text, unescaped), 'json.dumps(body, ensure_ascii=False)'];
      yield [changed(compact, unescaped), "json.dumps(body, ensure_ascii=False, separators=(',', ':'))"];
      yield [changed(text, printedByPython), 'str(body), which is no JSON'];
    },
  },
  {
    name: 'body-go',
    languages: ['go'],
    call: 'json.Marshal',
    *texts(body) {
      const text = body.inDialect('go');
      yield [text, 'json.Marshal(body), keys in the order of a struct'];
      const ofMap = body.inDialect('go', 'sorted');
      yield [ofMap, 'json.Marshal(body), keys sorted as in a map'];
      for (const [each, keys] of [
        [text, ''],
        [ofMap, ', keys sorted as in a map'],
      ] as const) {
        yield [changed(each, (usual) => `${usual}\n`), `json.NewEncoder(w).Encode(body), which adds a newline${keys}`];
        yield [changed(each, (usual) => `${withHtml(usual)}\n`), `json.NewEncoder(w) with SetEscapeHTML(false)${keys}`];
      }
      yield [changed(ofMap, (usual) => laidOut(usual, '  ')), 'json.MarshalIndent(body, "", "  ")'];
      yield [changed(ofMap, (usual) => laidOut(usual, '\t')), 'json.MarshalIndent(body, "", "\\t")'];
    },
  },
  {
    name: 'body-ruby',
    languages: ['ruby'],
    call: 'JSON.generate',
    *texts(body) {
      const text = body.inDialect('ruby');
      yield [text, 'JSON.generate(body)'];
      for (const arrow of ['=>', ' => '])
        yield [changed(text, (usual) => printedByRuby(respaced(usual, ', ', arrow))), 'body.to_s, which is no JSON'];
    },
  },
  {
    name: 'body-rails',
    languages: ['ruby'],
    call: 'to_json',
    texts: (body) => [[body.inDialect('rails'), 'params.to_json in Rails']],
  },
  {
    name: 'body-php',
    languages: ['php'],
    call: 'json_encode',
    *texts(body) {
      const text = body.inDialect('php');
      const slashed = (usual: string) => usual.replaceAll('\\/', '/');
      yield [text, 'json_encode($body)'];
      yield [changed(text, slashed), 'json_encode($body, JSON_UNESCAPED_SLASHES)'];
      yield [changed(text, unescaped), 'json_encode($body, JSON_UNESCAPED_UNICODE)'];
      yield [
        changed(text, (usual) => slashed(unescaped(usual))),
        'json_encode($body, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE)',
      ];
      yield [changed(text, emptyAsArrays), 'json_encode(json_decode($body, true)), which makes {} an []'];
    },
  },
  {
    name: 'body-ascii',
    call: 'an ASCII-only JSON encoder',
    *texts(body) {
      const text = body.inDialect('ascii');
      yield [text, 'an encoder that escapes all but ASCII'];
      const capitals = (code: string) => code.slice(0, 2) + code.slice(2).toUpperCase();
      yield [
        changed(text, (usual) =>
          usual.replace(/\\u[0-9a-f]{4}|\\./g, (found) => (found[1] === 'u' ? capitals(found) : found)),
        ),
        'an encoder that escapes all but ASCII, with capital hex digits',
      ];
    },
  },
  {
    name: 'body-pretty-2',
    call: 'two spaces per level',
    texts: (body) => layouts(body, '  '),
  },
  {
    name: 'body-pretty-4',
    call: 'four spaces per level',
    texts: (body) => layouts(body, '    '),
  },
  {
    name: 'body-pretty-tab',
    call: 'a tab per level',
    texts: (body) => layouts(body, '\t'),
  },
  {
    name: 'body-sorted',
    call: 'sorted keys',
    *texts(body) {
      const json = attempt(body.json);
      const text = body.inDialect('js', 'sorted');
      yield [text, 'JSON with sorted keys'];
      const python = body.inDialect('python', 'sorted');
      yield [python, 'json.dumps(body, sort_keys=True)'];
      const compact = changed(python, (usual) => respaced(usual, ',', ':'));
      yield [compact, "json.dumps(body, sort_keys=True, separators=(',', ':'))"];
      yield [changed(text, (usual) => laidOut(usual, '  ')), 'JSON with sorted keys, two spaces per level'];
      yield [changed(compact, (usual) => laidOut(usual, '    ')), 'json.dumps(body, sort_keys=True, indent=4)'];
      if (json === undefined) return;
      for (const dialect of ['ruby', 'rails', 'php', 'ascii'] as const) {
        yield [body.inDialect(dialect, 'sorted'), `JSON with sorted keys, as ${dialect} writes it`];
      }
    },
  },
  {
    name: 'body-spaced',
    call: 'spaces after commas and colons',
    alone: true,
    *texts(body) {
      const text = inJs(body);
      yield [changed(text, (usual) => respaced(usual, ', ', ': ')), 'JSON with a space after each comma and colon'];
      yield [changed(text, (usual) => respaced(usual, ',', ': ')), 'JSON with a space after each colon'];
    },
  },
];
