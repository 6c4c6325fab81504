# https://buildkite.com/docs/apis/webhooks/pipelines#webhook-signature
import hashlib
import hmac
import time


def verify(request, secret):
    parts = dict(part.split('=', 1) for part in request.header('X-Buildkite-Signature').split(','))
    signed = parts['timestamp'].encode() + b'.' + request.body
    expected = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), parts['signature'].encode()):
        return False
    return abs(time.time() - int(parts['timestamp'])) <= 300
