# https://developers.docusign.com/platform/webhooks/connect/hmac
import base64
import hashlib
import hmac


def verify(request, secret):
    if request.header('X-Authorization-Digest') != 'HMACSHA256':
        return False
    expected = base64.b64encode(hmac.new(secret.encode(), request.body, hashlib.sha256).digest())
    return hmac.compare_digest(expected, request.header('X-DocuSign-Signature-1').encode())
