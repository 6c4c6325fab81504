# https://docs.patreon.com/#webhooks
import hashlib
import hmac


def verify(request, secret):
    expected = hmac.new(secret.encode(), request.body, hashlib.md5).hexdigest()
    return hmac.compare_digest(expected.encode(), request.header('X-Patreon-Signature').encode())
