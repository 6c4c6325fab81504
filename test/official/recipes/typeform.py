# https://www.typeform.com/developers/webhooks/secure-your-webhooks/
import base64
import hashlib
import hmac


def verify(request, secret):
    digest = hmac.new(secret.encode(), request.body, hashlib.sha256).digest()
    expected = b'sha256=' + base64.b64encode(digest)
    return hmac.compare_digest(expected, request.header('Typeform-Signature').encode())
