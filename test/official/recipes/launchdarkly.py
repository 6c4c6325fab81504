# https://launchdarkly.com/docs/home/infrastructure/webhooks
import hashlib
import hmac


def verify(request, secret):
    expected = hmac.new(secret.encode(), request.body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), request.header('X-LD-Signature').encode())
