# https://paystack.com/docs/payments/webhooks/
import hashlib
import hmac


def verify(request, secret):
    expected = hmac.new(secret.encode(), request.body, hashlib.sha512).hexdigest()
    return hmac.compare_digest(expected.encode(), request.header('x-paystack-signature').encode())
