# Writes requests.json: the SHA-256 of every sample's request under --exact, made without any code of webhook-sim.
# Run it again (python3 test/cli/golden/make.py) after a change of payloads/, and read the difference.
import base64
import hashlib
import hmac
import json
import re
from pathlib import Path

HERE = Path(__file__).parent
PAYLOADS = HERE.parents[2] / 'payloads'
# Marks the text of a number in place of its value; no sample holds a character of the private use area.
MARK = '\uf8ff'


def js_number(text):
    value = float(text)
    return str(int(value)) if value == int(value) else repr(value)


def ruby_number(text):
    return repr(float(text)) if '.' in text else text


def go_number(text):
    return js_number(text) if '.' in text else text


def go_escapes(text):
    return re.sub('[<>&\u2028\u2029]', lambda found: f'\\u{ord(found[0]):04x}', text)


def base64_text(mac):
    return base64.b64encode(mac).decode()


# Headers with a random value (covverIdempotencyKey, X-Webconnex-Delivery) are in neither the table nor the hashes.
PROVIDERS = {
    'scalev': {
        'secret': 'scalev-sample-secret',
        'headers': 'Content-Type: application/json\r\nX-Scalev-Hmac-Sha256: {signature}\r\n',
        'encode': base64_text,
        'number': js_number,
    },
    'bharatcart': {
        'secret': 'bharatcart-sample-secret',
        'headers': 'Content-Type: application/json\r\nX-Webhook-Signature: {signature}\r\n',
        'encode': bytes.hex,
        'number': js_number,
    },
    'covver': {
        'secret': 'covver-sample-secret',
        'headers': 'Content-Type: application/json\r\ncovverSignature: {signature}\r\n',
        'encode': base64_text,
        'number': js_number,
    },
    'webconnex': {
        'secret': 'feedfacefeedfacefeedfacefeedface',
        'headers': (
            'Content-Type: application/json\r\nUser-Agent: Webconnex-Divvy\r\n'
            'X-Webconnex-Event: {event}\r\nX-Webconnex-Signature: {signature}\r\n'
        ),
        'encode': bytes.hex,
        'number': go_number,
        'escape': go_escapes,
    },
    'commercelayer': {
        'secret': 'decafbaddecafbaddecafbaddecafbad',
        'headers': (
            'User-Agent: CommerceLayer Module\r\nContent-Type: application/json\r\nX-CommerceLayer-Topic: {event}\r\n'
            'X-CommerceLayer-Signature: {signature}\r\n'
        ),
        'encode': base64_text,
        'number': ruby_number,
    },
}


def body_of(file, number, escape=lambda text: text):
    def marked(text):
        # Exponents and large floats are where the languages differ most: add them here when a sample has one.
        assert re.fullmatch(r'-?\d+(\.\d{1,6})?', text) and len(text) < 15, f'{file}: {text}'
        return MARK + number(text)

    def read(path):
        return expanded(json.loads(path.read_text('utf-8'), parse_int=marked, parse_float=marked), file.parents[1] / 'resources', read)

    document = read(file)
    text = escape(json.dumps(document, ensure_ascii=False, separators=(',', ':')))
    return re.sub(f'"{MARK}([^"]*)"', r'\1', text).encode()


def expanded(value, resources, read):
    if isinstance(value, list):
        return [expanded(item, resources, read) for item in value]
    if not isinstance(value, dict):
        return value
    if '$use' not in value:
        return {name: expanded(member, resources, read) for name, member in value.items()}
    resource = read(resources / f"{value['$use']}.json")
    for path, member in value.get('set', {}).items():
        *steps, last = [int(step[1:-1]) if step[0] == '[' else step for step in re.findall(r'[^.\[\]]+|\[\d+\]', path)]
        place = resource
        for step in steps:
            place = place[step]
        place[last] = expanded(member, resources, read)
    return resource


def request_hash(file, secret, headers, encode, **dialect):
    body = body_of(file, **dialect)
    signature = encode(hmac.digest(secret.encode(), body, 'sha256'))
    event = file.stem.split('--')[0]
    head = 'POST / HTTP/1.1\r\n' + headers.format(event=event, signature=signature) + '\r\n'
    return hashlib.sha256(head.encode('latin-1') + body).hexdigest()


requests = {
    name: {file.stem: request_hash(file, **spec) for file in sorted((PAYLOADS / name / 'events').glob('*.json'))}
    for name, spec in PROVIDERS.items()
}
(HERE / 'requests.json').write_text(json.dumps(requests, indent=2) + '\n')
