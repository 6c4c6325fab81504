# https://docs.recurly.com/recurly-subscriptions/docs/signature-verification
import hashlib
import hmac
import time

TOLERANCE = 5 * 60 * 1000


def verify(request, secret):
    timestamp, *signatures = request.header('recurly-signature').split(',')
    if abs(time.time() * 1000 - int(timestamp)) > TOLERANCE:
        return False
    expected = hmac.new(secret.encode(), timestamp.encode() + b'.' + request.body, hashlib.sha256).hexdigest()
    return any([hmac.compare_digest(expected.encode(), signature.encode()) for signature in signatures])
