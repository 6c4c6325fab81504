# https://tripay.co.id/developer (callback)
import hashlib
import hmac


def verify(request, secret):
    if request.header('X-Callback-Event') != 'payment_status':
        return False
    expected = hmac.new(secret.encode(), request.body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), request.header('X-Callback-Signature').encode())
