# https://dub.co/docs/concepts/webhooks/introduction
import hashlib
import hmac


def verify(request, secret):
    expected = hmac.new(secret.encode(), request.body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), request.header('Dub-Signature').encode())
