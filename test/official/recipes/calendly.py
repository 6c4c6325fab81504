# https://developer.calendly.com/api-docs/overview/webhooks/webhook-signatures
import hashlib
import hmac
import time

TOLERANCE = 3 * 60


def verify(request, secret):
    parts = dict(part.split('=', 1) for part in request.header('Calendly-Webhook-Signature').split(','))
    expected = hmac.new(secret.encode(), (parts['t'] + '.').encode() + request.body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), parts['v1'].encode()):
        return False
    return abs(time.time() - int(parts['t'])) <= TOLERANCE
