# https://developers.facebook.com/docs/graph-api/webhooks/getting-started/
import hashlib
import hmac

SECRET = '5ea1ed5ea1ed5ea1ed5ea1ed5ea1ed42'


def handshake(request, secret):
    if request.method != 'GET':
        return None
    asked = request.parameters()
    if asked.get('hub.mode') != 'subscribe' or asked.get('hub.verify_token') != 'senja-verify-token':
        return 403, b''
    return 200, asked['hub.challenge'].encode()


def verify(request, secret):
    expected = 'sha256=' + hmac.new(secret.encode(), request.body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), request.header('X-Hub-Signature-256').encode())
