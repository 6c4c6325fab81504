import { createHmac } from 'node:crypto';
import type { Header } from '../../src/core/delivery.js';
import type { Provider } from '../../src/core/provider.js';
import { github } from '../providers/github.js';
import { slack } from '../providers/slack.js';
import { standardWebhooks } from '../providers/standardWebhooks.js';
import { scalev } from '../support/providers.js';
import type { DiagnosisCase } from './cases.js';
import { hmac } from './support.js';

type Case = DiagnosisCase;
const key = 'its secret';
const time = '1700000000';
const sha1 = (text: string) => createHmac('sha1', key).update(text).digest();

const written = (name: string, what: string, captured: string | Uint8Array, signed: string | Uint8Array): Case => ({
  name,
  what,
  provider: scalev,
  body: Buffer.from(captured),
  signature: hmac(key, signed).toString('base64'),
});

const json = '{ "b" : "é+\'<=", "n" : 73, "rate" : 1.50, "at" : "2009-02-15T00:00:00.120000Z", "none" : null }';

/** The output of encoders, by their documents, their test suites and, for those installed here, by themselves. */
const encoders: Case[] = [
  written(
    'body-dotnet',
    'System.Text.Json by default; capitals as in Microsoft’s page on character encoding',
    json,
    '{"b":"\\u00E9\\u002B\\u0027\\u003C=","n":73,"rate":1.50,"at":"2009-02-15T00:00:00.120000Z","none":null}',
  ),
  written(
    'body-dotnet',
    'quotes and control characters',
    '{"b": "\\"\\u001f`&", "n":1.0}',
    '{"b":"\\u0022\\u001F\\u0060\\u0026","n":1.0}',
  ),
  written(
    'body-dotnet',
    'UnsafeRelaxedJsonEscaping, which escapes what is beyond 16 bits',
    '{"b": "<é😀", "n":1.0}',
    '{"b":"<é\\uD83D\\uDE00","n":1.0}',
  ),
  written(
    'body-dotnet',
    'Newtonsoft.Json, whose dates have no zeros at the end (yyyy-MM-ddTHH:mm:ss.FFFFFFFK)',
    json,
    '{"b":"é+\'<=","n":73,"rate":1.5,"at":"2009-02-15T00:00:00.12Z","none":null}',
  ),
  written(
    'body-dotnet',
    'Newtonsoft.Json with an offset, on a machine in UTC',
    '{"at": "2026-01-31T09:00:00+07:00","n":1.0}',
    '{"at":"2026-01-31T02:00:00+00:00","n":1.0}',
  ),
  written('body-dotnet', 'JObject.ToString() on Windows', '{"a":1.0,"b":[]}', '{\r\n  "a": 1.0,\r\n  "b": []\r\n}'),
  written('body-java', 'Jackson: Double.toString', '{"a": 1e-5, "b": 12345678.9}', '{"a":1.0E-5,"b":1.23456789E7}'),
  written('body-java', 'Jackson with doubles', '{"id":1,"b":"é"}', '{"id":1.0,"b":"é"}'),
  written(
    'body-java',
    'Gson: no null, and escapes for HTML',
    json,
    '{"b":"é+\\u0027\\u003c\\u003d","n":73,"rate":1.50,"at":"2009-02-15T00:00:00.120000Z"}',
  ),
  written('body-java', 'Gson before a setting of Newtonsoft', `{"n":"é'<", "id":1}`, '{"n":"é\\u0027\\u003c","id":1}'),
  written(
    'body-newtonsoft-escaped',
    'StringEscapeHandling.EscapeHtml of Newtonsoft.Json 6',
    '{"</script>":1e21}',
    '{"\\u003c/script\\u003e":1E+21}',
  ),
  written('body-java', 'Gson of a Map', '{"id":1,"b":"="}', '{"id":1.0,"b":"\\u003d"}'),
  written(
    'body-kotlin',
    'kotlinx.serialization of a JsonElement, whose numbers are as they came',
    '{"a": 1.50, "b": "é\\u001f"}',
    '{"a":1.50,"b":"é\\u001f"}',
  ),
  written('body-rust', 'serde_json with a struct', '{"b": 1e16, "a": 1e15}', '{"b":1e16,"a":1000000000000000.0}'),
  written('body-rust', 'serde_json with a Value', '{"b": 1e16, "a": 1.50}', '{"a":1.5,"b":1e16}'),
  written(
    'body-elixir',
    'Jason: floats as Erlang writes them',
    '{"b": 9.9e100, "a": 1e-5}',
    '{"a":1.0e-5,"b":9.9e100}',
  ),
  written(
    'body-elixir',
    'Jason with escape: :html_safe',
    '{"b": 1000.0, "a": "</script>"}',
    '{"a":"\\u003C\\/script>","b":1.0e3}',
  ),
  written(
    'body-elixir',
    'Jason: capital digits of control characters',
    '{"b": 1000.0, "a": "\\u001f"}',
    '{"a":"\\u001F","b":1.0e3}',
  ),
];

const events = '[{"event":"open","n":1},{"event":"click","t":"a,[b]"}]';
const lists: Case[] = [
  written('body-list-lines', 'SendGrid', events, '[{"event":"open","n":1},\r\n{"event":"click","t":"a,[b]"}]\r\n'),
  written('body-list-lines', 'the reverse', '[{"a" :1},\r\n{"b" :2}]\r\n', '[{"a" :1},{"b" :2}]'),
  written('body-list-lines', 'lines of JSON', '[{"a":1.0},{"b":2}]', '{"a":1.0}\n{"b":2}'),
];

const form = 'text=two+words&cmd=%2Fgo*&note=caf%C3%A9~&text=b&empty=';
/** Each made by the program that is named, of the form above. */
const forms: Case[] = (
  [
    ['body-form-reencoded', "Python's urlencode", 'text=two+words&cmd=%2Fgo%2A&note=caf%C3%A9~&text=b&empty='],
    [
      'body-form-reencoded',
      "Python's urlencode with quote",
      'text=two%20words&cmd=%2Fgo%2A&note=caf%C3%A9~&text=b&empty=',
    ],
    [
      'body-form-reencoded',
      "Python's parse_qsl, which drops what is empty",
      'text=two+words&cmd=%2Fgo%2A&note=caf%C3%A9~&text=b',
    ],
    ['body-form-reencoded', 'Python, sorted', 'cmd=%2Fgo%2A&empty=&note=caf%C3%A9~&text=b&text=two+words'],
    ['body-form-reencoded', 'Go', 'cmd=%2Fgo%2A&empty=&note=caf%C3%A9~&text=two+words&text=b'],
    ['body-form-reencoded', 'PHP', 'text=b&cmd=%2Fgo%2A&note=caf%C3%A9%7E&empty='],
    ['body-form-reencoded', 'PHP_QUERY_RFC3986', 'text=b&cmd=%2Fgo%2A&note=caf%C3%A9~&empty='],
    ['body-form-reencoded', 'Ruby, Java, URLSearchParams', 'text=two+words&cmd=%2Fgo*&note=caf%C3%A9%7E&text=b&empty='],
    ['body-form-reencoded', "Node's querystring", 'text=two%20words&text=b&cmd=%2Fgo*&note=caf%C3%A9~&empty='],
    ['body-form-fields', "Python's unquote_plus", 'text=two words&cmd=/go*&note=café~&text=b&empty='],
    [
      'body-form-json',
      'Python: json.dumps(dict(…))',
      '{"text": "b", "cmd": "/go*", "note": "caf\\u00e9~", "empty": ""}',
    ],
    ['body-form-json', 'PHP: json_encode($_POST)', '{"text":"b","cmd":"\\/go*","note":"caf\\u00e9~","empty":""}'],
    [
      'body-form-json',
      'Ruby: pairs',
      '[["text","two words"],["cmd","/go*"],["note","café~"],["text","b"],["empty",""]]',
    ],
    [
      'body-form-json',
      "JavaScript: qs, Node's querystring",
      '{"text":["two words","b"],"cmd":"/go*","note":"café~","empty":""}',
    ],
  ] as const
).map(([name, what, signed]) => written(name, what, form, signed));
forms.push(
  written(
    'body-form-json',
    "PHP's brackets",
    'a%5Bb%5D=1&a%5Bc%5D%5B%5D=2&a%5Bc%5D%5B%5D=3',
    '{"a":{"b":"1","c":["2","3"]}}',
  ),
);

const texts: Case[] = [
  written('body-unicode-form', 'NFD, as macOS has file names', '{"n":"Größe"}', '{"n":"Gro\u0308ße"}'),
  written('body-unicode-form', 'NFC', '{"n":"Gro\u0308ße"}', '{"n":"Größe"}'),
  written(
    'body-cesu8',
    "each half by Python's surrogatepass",
    '{"n":"☕😀"}',
    Buffer.concat([Buffer.from('{"n":"☕'), Buffer.from('eda0bdedb880', 'hex'), Buffer.from('"}')]),
  ),
  written(
    'body-cesu8',
    'the reverse',
    Buffer.concat([Buffer.from('{"n":"'), Buffer.from('eda0bdedb880', 'hex'), Buffer.from('"}')]),
    '{"n":"😀"}',
  ),
];

const keyed = (name: string, what: string, used: string | Uint8Array, given: string): Case => ({
  name,
  what,
  provider: scalev,
  body: Buffer.from('{"a":1}'),
  secrets: [given],
  signature: hmac(used, '{"a":1}').toString('base64'),
});
const secrets: Case[] = [
  keyed('secret-html-decoded', "Python's html.unescape", "a&b'", 'a&amp;b&#x27;'),
  keyed('secret-html-encoded', "Python's html.escape", 'a&amp;b&lt;c&gt;&#x27;d&quot;', 'a&b<c>\'d"'),
  keyed('secret-html-encoded', "PHP's htmlspecialchars", 'a&amp;b&lt;c&gt;&#039;d&quot;', 'a&b<c>\'d"'),
  keyed('secret-html-encoded', "Ruby's CGI.escapeHTML", 'a&amp;b&lt;c&gt;&#39;d&quot;', 'a&b<c>\'d"'),
  keyed('secret-percent-encoded', "Python's quote_plus", 'a+b%2A%2F', 'a b*/'),
  keyed('secret-percent-encoded', 'small hex digits of .NET', 'a%2fb', 'a/b'),
  keyed('secret-json-escaped', 'PHP’s json_encode', 'a\\/b', 'a/b'),
  keyed('secret-json-escaped', 'copied out of JSON', 'a&b', 'a\\u0026b'),
  keyed('secret-unicode-form', 'NFD', 'Gro\u0308ße', 'Größe'),
  keyed('secret-unicode-form', 'Latin-1', Buffer.from('Größe', 'latin1'), 'Größe'),
];

const urlProvider: Provider = {
  ...scalev,
  name: 'signs-address',
  values: { fields: { kind: 'fields', paths: 'sorted', each: '{name}{value}', join: '', absent: 'left out' } },
  signatures: { signature: { scheme: 'hmac', hash: 'sha1', content: '{url}{fields}', encoding: 'base64' } },
  dialect: 'form',
};
const address = (what: string, url: string, signed: string, headers: Header[] = []): Case => ({
  name: 'content-url-form',
  what,
  provider: urlProvider,
  url,
  body: Buffer.from('From=%2B1555'),
  headers: (signature) => [...headers, ['X-Scalev-Hmac-Sha256', signature]],
  signature: sha1(`${signed}From+1555`).toString('base64'),
});
const digestBody = '{"property": "value", "boolean": true}';
const digest = '0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620';
const addresses: Case[] = [
  address('X-Forwarded-Proto', 'http://10.0.0.1:8080/sms', 'https://app.example/sms', [
    ['X-Forwarded-Proto', 'https, http'],
    ['X-Forwarded-Host', 'app.example'],
  ]),
  address('Forwarded', 'http://10.0.0.1/sms', 'https://app.example/sms', [
    ['Forwarded', 'for=192.0.2.1;proto=https;host="app.example"'],
  ]),
  address('X-Forwarded-Prefix', 'https://app.example/sms', 'https://app.example/api/sms', [
    ['X-Forwarded-Prefix', '/api'],
  ]),
  address('its port', 'https://app.example/sms', 'https://app.example:443/sms'),
  address('its port and http', 'http://app.example/sms', 'https://app.example:443/sms'),
  address('the order of its query', 'https://app.example/sms?b=1&a=2', 'https://app.example/sms?a=2&b=1'),
  address('an apostrophe', "https://app.example/sms?n=it's", 'https://app.example/sms?n=it%27s'),
  address('the reverse', 'https://app.example/sms?n=it%27s', "https://app.example/sms?n=it's"),
  {
    ...address('', `https://app.example/myapp.php?foo=1&bar=2&bodySHA256=${digest}`, ''),
    name: 'content-body-digest',
    what: 'Twilio, JSON',
    body: Buffer.from(digestBody),
    signature: sha1(`https://app.example/myapp.php?foo=1&bar=2&bodySHA256=${digest}`).toString('base64'),
  },
  {
    ...address('', 'http://app.example/myapp.php?foo=1&bar=2', ''),
    name: 'content-body-digest',
    what: 'Twilio, JSON, with a URL that lost its parameter',
    body: Buffer.from(digestBody),
    signature: sha1(`https://app.example/myapp.php?foo=1&bar=2&bodySHA256=${digest}`).toString('base64'),
  },
];

const body = '{"type":"user.created"}';
const standard = (names: readonly [string, string, string], used = 'secret', what = names[2]): Case => ({
  name: used === 'secret' ? 'headers-renamed' : ['headers-renamed', 'secret-newline'],
  what,
  provider: standardWebhooks,
  secrets: ['whsec_c2VjcmV0'],
  body: Buffer.from(body),
  headers: (signature) => [
    [names[0], 'msg_1'],
    [names[1], time],
    [names[2], `v1,${signature}`],
  ],
  signature: hmac(used, `msg_1.${time}.${body}`).toString('base64'),
  requestOnly: true,
});
const headers: Case[] = [
  standard(['svix-id', 'svix-timestamp', 'svix-signature']),
  standard(['HTTP_WEBHOOK_ID', 'HTTP_WEBHOOK_TIMESTAMP', 'HTTP_WEBHOOK_SIGNATURE']),
  standard(['webhook_id', 'webhook_timestamp', 'webhook_signature']),
  standard(['X-Original-Webhook-Id', 'X-Original-Webhook-Timestamp', 'X-Original-Webhook-Signature']),
  {
    name: 'headers-renamed',
    what: 'underscores of Slack',
    provider: slack,
    body: Buffer.from(body),
    headers: (signature) => [
      ['X_Slack_Request_Timestamp', time],
      ['X_Slack_Signature', `v0=${signature}`],
    ],
    signature: hmac(key, `v0:${time}:${body}`).toString('hex'),
    requestOnly: true,
  },
  {
    name: 'header-one-missing',
    what: 'the weaker one of two of GitHub',
    provider: github,
    body: Buffer.from(body),
    headers: (signature) => [['X-Hub-Signature', `sha1=${signature}`]],
    signature: sha1(body).toString('hex'),
    requestOnly: true,
  },
];

/** Bodies, secrets, addresses and headers as other programs write them, signed by Node's own crypto. */
export const writtenElsewhere: readonly DiagnosisCase[] = [
  ...encoders,
  ...lists,
  ...forms,
  ...texts,
  ...secrets,
  ...addresses,
  ...headers,
];
