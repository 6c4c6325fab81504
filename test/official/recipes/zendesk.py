# https://developer.zendesk.com/documentation/webhooks/verifying/
import base64
import hashlib
import hmac


def verify(request, secret):
    signed = request.header('X-Zendesk-Webhook-Signature-Timestamp').encode() + request.body
    expected = base64.b64encode(hmac.new(secret.encode(), signed, hashlib.sha256).digest())
    return hmac.compare_digest(expected, request.header('X-Zendesk-Webhook-Signature').encode())
