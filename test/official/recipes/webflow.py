# https://developers.webflow.com/data/docs/working-with-webhooks
import hashlib
import hmac
import time


def verify(request, secret):
    timestamp = request.header('x-webflow-timestamp')
    if not timestamp.isdigit() or abs(time.time() * 1000 - int(timestamp)) > 300_000:
        return False
    expected = hmac.new(secret.encode(), timestamp.encode() + b':' + request.body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), request.header('x-webflow-signature').encode())
