# https://segment.com/docs/connections/destinations/catalog/webhooks/
import hashlib
import hmac


def verify(request, secret):
    expected = hmac.new(secret.encode(), request.body, hashlib.sha1).hexdigest()
    return hmac.compare_digest(expected.encode(), request.header('X-Signature').encode())
