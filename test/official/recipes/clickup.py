# https://developer.clickup.com/docs/webhooksignature
import hashlib
import hmac


def verify(request, secret):
    expected = hmac.new(secret.encode(), request.body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), request.header('X-Signature').encode())
