# https://docs.moov.io/guides/webhooks/check-webhook-signatures
import hashlib
import hmac


def verify(request, secret):
    content = '|'.join(request.header(name) for name in ('X-Timestamp', 'X-Nonce', 'X-Webhook-ID'))
    expected = hmac.new(secret.encode(), content.encode(), hashlib.sha512).hexdigest()
    return hmac.compare_digest(expected.encode(), request.header('X-Signature').encode())
