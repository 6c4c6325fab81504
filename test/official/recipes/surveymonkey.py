# https://developer.surveymonkey.com/api/v3/#webhooks
import base64
import hashlib
import hmac

SECRET = 'an-id&known-to-the-tests-alone'


def verify(request, secret):
    expected = base64.b64encode(hmac.new(secret.encode(), request.body, hashlib.sha1).digest())
    return hmac.compare_digest(expected, request.header('Sm-Signature').encode())


def handshake(request, secret):
    return (200, b'') if request.method == 'HEAD' else None
