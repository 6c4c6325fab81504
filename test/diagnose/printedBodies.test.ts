import { describe, expect, it } from 'vitest';
import { bodyFacts } from '../../src/diagnose/hypotheses/bodyFacts.js';
import { jsonEncoders } from '../../src/diagnose/hypotheses/jsonEncoders.js';

// Each text is what the program itself wrote of the body: Go 1.19, Python 3.11, Ruby 3.1, jq 1.6.
describe('what a receiver prints of a body is explained by the name of the call', () => {
  it.each<[call: string, body: string, printed: string]>([
    [
      'str(body), which is no JSON',
      '{"type":"note.made","id":1,"b":{"c":[1,2],"a":"x"}}',
      "{'type': 'note.made', 'id': 1, 'b': {'c': [1, 2], 'a': 'x'}}",
    ],
    [
      'body.to_s, which is no JSON',
      '{"type":"note.made","id":1,"b":{"c":[1,2],"a":"x"}}',
      '{"type"=>"note.made", "id"=>1, "b"=>{"c"=>[1, 2], "a"=>"x"}}',
    ],
    [
      'JSON laid out with a newline at its end, as jq writes it',
      '{"type":"note.made","id":1,"b":{"c":[1,2],"a":"x"}}',
      '{\n  "type": "note.made",\n  "id": 1,\n  "b": {\n    "c": [\n      1,\n      2\n    ],\n    "a": "x"\n  }\n}\n',
    ],
    [
      'json.NewEncoder(w).Encode(body), which adds a newline, keys sorted as in a map',
      '{"type":"note.made","id":1,"b":{"c":[1,2],"a":"x"}}',
      '{"b":{"a":"x","c":[1,2]},"id":1,"type":"note.made"}\n',
    ],
    ['str(body), which is no JSON', '{"type":"note.made","id":1.0}', "{'type': 'note.made', 'id': 1.0}"],
    ['body.to_s, which is no JSON', '{"type":"note.made","id":1.0}', '{"type"=>"note.made", "id"=>1.0}'],
    [
      'json.NewEncoder(w).Encode(body), which adds a newline, keys sorted as in a map',
      '{"type":"note.made","n":"café"}',
      '{"n":"café","type":"note.made"}\n',
    ],
    ['str(body), which is no JSON', '{"type":"note.made","n":"😀"}', "{'type': 'note.made', 'n': '😀'}"],
    [
      'str(body), which is no JSON',
      '{"type":"note.made","n":"<b> & \'x\'"}',
      "{'type': 'note.made', 'n': \"<b> & 'x'\"}",
    ],
    [
      'json.NewEncoder(w).Encode(body), which adds a newline, keys sorted as in a map',
      '{"type":"note.made","n":"<b> & \'x\'"}',
      '{"n":"\\u003cb\\u003e \\u0026 \'x\'","type":"note.made"}\n',
    ],
    [
      'json.NewEncoder(w) with SetEscapeHTML(false), keys sorted as in a map',
      '{"type":"note.made","n":"<b> & \'x\'"}',
      '{"n":"<b> & \'x\'","type":"note.made"}\n',
    ],
    [
      'json.MarshalIndent(body, "", "  ")',
      '{"type":"note.made","n":"<b> & \'x\'"}',
      '{\n  "n": "\\u003cb\\u003e \\u0026 \'x\'",\n  "type": "note.made"\n}',
    ],
    ['str(body), which is no JSON', '{"type":"note.made","n":"\u2028"}', "{'type': 'note.made', 'n': '\\u2028'}"],
    ['body.to_s, which is no JSON', '{"type":"note.made","n":"\u2028"}', '{"type"=>"note.made", "n"=>"\\u2028"}'],
    [
      'json.NewEncoder(w) with SetEscapeHTML(false), keys sorted as in a map',
      '{"type":"note.made","n":"\u2028"}',
      '{"n":"\\u2028","type":"note.made"}\n',
    ],
    [
      'str(body), which is no JSON',
      '{"type":"note.made","n":"caf\\u00e9 \\/ \\n \\u001f \\u007f"}',
      "{'type': 'note.made', 'n': 'café / \\n \\x1f \\x7f'}",
    ],
    [
      'body.to_s, which is no JSON',
      '{"type":"note.made","n":"caf\\u00e9 \\/ \\n \\u001f \\u007f"}',
      '{"type"=>"note.made", "n"=>"café / \\n \\u001F \\u007F"}',
    ],
    [
      'str(body), which is no JSON',
      '{"type":"note.made","z":null,"t":true}',
      "{'type': 'note.made', 'z': None, 't': True}",
    ],
    [
      'body.to_s, which is no JSON',
      '{"type":"note.made","z":null,"t":true}',
      '{"type"=>"note.made", "z"=>nil, "t"=>true}',
    ],
    [
      'JSON laid out with a newline at its end, as jq writes it',
      '{"type":"note.made","z":null,"t":true}',
      '{\n  "type": "note.made",\n  "z": null,\n  "t": true\n}\n',
    ],
  ])('%s of %s', (call, body, printed) => {
    const texts = jsonEncoders.flatMap((encoder) => [...encoder.texts(bodyFacts(Buffer.from(body)))]);
    expect(texts.filter(([text]) => text === printed).map(([, detail]) => detail)).toContain(call);
  });
});
