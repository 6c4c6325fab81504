# https://developer.nylas.com/docs/v3/notifications/
import hashlib
import hmac


def verify(request, secret):
    expected = hmac.new(secret.encode(), request.body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), request.header('X-Nylas-Signature').encode())


def handshake(request, secret):
    challenge = request.parameters().get('challenge') if request.method == 'GET' else None
    return None if challenge is None else (200, challenge.encode())
