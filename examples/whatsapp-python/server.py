# Receives the webhooks of WhatsApp with Flask.
import hmac
import json
import os
import sys
import threading

from flask import Flask, abort, request

app_secret = os.environ.get('WHATSAPP_APP_SECRET', '').encode()
verify_token = os.environ.get('WHATSAPP_VERIFY_TOKEN', '')
if not app_secret or not verify_token:
    sys.exit('Set WHATSAPP_APP_SECRET to the secret that you share with Meta, and WHATSAPP_VERIFY_TOKEN to the token of the webhook.')

app = Flask(__name__)
app.config['MAX_CONTENT_LENGTH'] = 4 * 1024 * 1024

# What came, by its id. In production: a table whose id is unique, shared by all processes.
received = {}
lock = threading.Lock()


@app.get('/webhooks/whatsapp')
def subscribe():
    """Meta asks once, when the address is entered: the challenge goes back to whoever knows the token."""
    token = request.args.get('hub.verify_token', '')
    if request.args.get('hub.mode') != 'subscribe' or not hmac.compare_digest(token.encode(), verify_token.encode()):
        abort(403)
    return request.args.get('hub.challenge', ''), 200, {'Content-Type': 'text/plain'}


@app.post('/webhooks/whatsapp')
def receive():
    body = request.get_data()
    # The signature is over the bytes as they came: parse them only after it is verified.
    expected = 'sha256=' + hmac.new(app_secret, body, 'sha256').hexdigest()
    given = request.headers.get('X-Hub-Signature-256', '')
    if not hmac.compare_digest(given.encode(), expected.encode()):
        return {'error': 'invalid signature'}, 401
    try:
        notification = json.loads(body)
    except (ValueError, RecursionError):
        return {'error': 'malformed JSON'}, 400
    with lock:
        new = [part for key, part in parts(notification) if received.setdefault(key, part) is part]
    # Keep what is new, answer, and work on it later. A field that nobody handles is taken, too.
    return {'received': True, 'new': len(new)}


def parts(notification):
    """Messages and statuses with what they are known by: Meta sends several at once, and again until they are taken."""
    for entry in list_in(notification, 'entry'):
        for change in list_in(entry, 'changes'):
            value = change.get('value') if isinstance(change, dict) else None
            for message in list_in(value, 'messages'):
                yield ('message', message.get('id')), message
            for status in list_in(value, 'statuses'):
                yield ('status', status.get('id'), status.get('status')), status


def list_in(parent, name):
    """The objects of a list; none where it is missing or something else."""
    found = parent.get(name) if isinstance(parent, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


if __name__ == '__main__':
    app.run('127.0.0.1', int(os.environ.get('PORT', 3000)), threaded=True)
