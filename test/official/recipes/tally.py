# https://tally.so/help/webhooks
import base64
import hashlib
import hmac


def verify(request, secret):
    expected = base64.b64encode(hmac.new(secret.encode(), request.body, hashlib.sha256).digest())
    return hmac.compare_digest(expected, request.header('Tally-Signature').encode())
