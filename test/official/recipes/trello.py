# https://developer.atlassian.com/cloud/trello/guides/rest-api/webhooks/
import base64
import hashlib
import hmac


def verify(request, secret):
    signed = request.body + request.url.encode()
    expected = base64.b64encode(hmac.new(secret.encode(), signed, hashlib.sha1).digest())
    return hmac.compare_digest(expected, request.header('X-Trello-Webhook').encode())


def handshake(request, secret):
    return (200, b'') if request.method == 'HEAD' else None
