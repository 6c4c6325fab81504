# https://docs.x.com/x-api/webhooks/quickstart
import base64
import hashlib
import hmac
import json


def sign(secret, content):
    return 'sha256=' + base64.b64encode(hmac.new(secret.encode(), content, hashlib.sha256).digest()).decode()


def verify(request, secret):
    expected = sign(secret, request.body)
    return hmac.compare_digest(expected.encode(), request.header('x-twitter-webhooks-signature').encode())


def handshake(request, secret):
    token = request.parameters().get('crc_token') if request.method == 'GET' else None
    if token is None:
        return None
    answer = json.dumps({'response_token': sign(secret, token.encode())}).encode()
    return (200, answer, {'Content-Type': 'application/json'})
