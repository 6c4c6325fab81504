# https://www.unit.co/docs/api/webhooks
import base64
import hashlib
import hmac


def verify(request, secret):
    expected = base64.b64encode(hmac.new(secret.encode(), request.body, hashlib.sha1).digest())
    return hmac.compare_digest(expected, request.header('X-Unit-Signature').encode())
