# https://docs.customer.io/journeys/webhooks/
import hashlib
import hmac


def verify(request, secret):
    signed = b'v0:' + request.header('X-CIO-Timestamp').encode() + b':' + request.body
    expected = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), request.header('X-CIO-Signature').encode())
