"""Receives webhooks of GitHub, and sends its own as Standard Webhooks."""
import base64
import hmac
import json
import secrets
import time
import urllib.request

from flask import Flask, request


def make_app(secret):
    app = Flask(__name__)
    app.config['MAX_CONTENT_LENGTH'] = 25 * 1024 * 1024
    # In production: tables, and the id of a delivery unique.
    app.deliveries = set()
    app.opened = []

    @app.post('/webhooks/github')
    def receive():
        body = request.get_data()
        expected = 'sha256=' + hmac.new(secret.encode(), body, 'sha256').hexdigest()
        # The signature is over the bytes as they came: parse them only after it is verified.
        if not hmac.compare_digest(request.headers.get('X-Hub-Signature-256', '').encode(), expected.encode()):
            return '', 401
        try:
            payload = json.loads(body)
        except (ValueError, RecursionError):
            return '', 400
        delivery = request.headers.get('X-GitHub-Delivery')
        if not delivery or not isinstance(payload, dict):
            return '', 400
        if delivery not in app.deliveries:
            app.deliveries.add(delivery)
            if request.headers.get('X-GitHub-Event') == 'pull_request' and payload.get('action') == 'opened':
                app.opened.append(payload['pull_request']['title'])
        return '', 204

    return app


def notify(url, secret, event):
    """Sends an event to a subscriber, whose secret begins with whsec_."""
    identity, now, body = f'msg_{secrets.token_hex(12)}', str(int(time.time())), json.dumps(event).encode()
    key = base64.b64decode(secret.removeprefix('whsec_'))
    signature = base64.b64encode(hmac.digest(key, f'{identity}.{now}.'.encode() + body, 'sha256')).decode()
    headers = {
        'Content-Type': 'application/json',
        'webhook-id': identity,
        'webhook-timestamp': now,
        'webhook-signature': f'v1,{signature}',
    }
    with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=10) as answer:
        return answer.status
