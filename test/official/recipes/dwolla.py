# https://developers.dwolla.com/docs/balance/webhooks/process-validate
import hashlib
import hmac


def verify(request, secret):
    expected = hmac.new(secret.encode(), request.body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), request.header('X-Request-Signature-SHA-256').encode())
