# https://www.cashfree.com/docs/payments/online/webhooks/signature-verification
import base64
import hashlib
import hmac


def verify(request, secret):
    signed = request.header('x-webhook-timestamp').encode() + request.body
    expected = base64.b64encode(hmac.new(secret.encode(), signed, hashlib.sha256).digest())
    return hmac.compare_digest(expected, request.header('x-webhook-signature').encode())
