# https://developer.intuit.com/app/developer/qbo/docs/develop/webhooks
import base64
import hashlib
import hmac


def verify(request, secret):
    expected = base64.b64encode(hmac.new(secret.encode(), request.body, hashlib.sha256).digest())
    return hmac.compare_digest(expected, request.header('intuit-signature').encode())
