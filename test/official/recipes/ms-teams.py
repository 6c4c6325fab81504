# https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-outgoing-webhook
import base64
import hashlib
import hmac

SECRET = 'a25vd24tdG8tdGhlLXRlc3RzLWFsb25l'


def verify(request, secret):
    expected = base64.b64encode(hmac.new(base64.b64decode(secret), request.body, hashlib.sha256).digest())
    return hmac.compare_digest(b'HMAC ' + expected, request.header('Authorization').encode())
