# https://developers.paymongo.com/v1/docs/webhooks (securing a webhook)
import hashlib
import hmac


def verify(request, secret):
    parts = dict(part.split('=', 1) for part in request.header('Paymongo-Signature').split(','))
    expected = hmac.new(secret.encode(), parts['t'].encode() + b'.' + request.body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, parts['te'])
