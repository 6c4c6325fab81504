# https://docs.mollie.com/reference/webhooks-new
import hashlib
import hmac


def verify(request, secret):
    expected = hmac.new(secret.encode(), request.body, hashlib.sha256).hexdigest()
    given = request.header('X-Mollie-Signature').removeprefix('sha256=')
    return hmac.compare_digest(expected.encode(), given.encode())
