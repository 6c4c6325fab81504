# https://www.dropbox.com/developers/reference/webhooks
import hashlib
import hmac


def verify(request, secret):
    expected = hmac.new(secret.encode(), request.body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), request.header('X-Dropbox-Signature').encode())


def handshake(request, secret):
    challenge = request.parameters().get('challenge') if request.method == 'GET' else None
    if challenge is None:
        return None
    return (200, challenge.encode(), {'Content-Type': 'text/plain', 'X-Content-Type-Options': 'nosniff'})
