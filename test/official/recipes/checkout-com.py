# https://www.checkout.com/docs/workflows/set-up-your-webhook-receiver
import hashlib
import hmac


def verify(request, secret):
    expected = hmac.new(secret.encode(), request.body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), request.header('Cko-Signature').encode())
