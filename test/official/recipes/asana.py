# https://developers.asana.com/docs/webhooks-guide
import hashlib
import hmac


def verify(request, secret):
    expected = hmac.new(secret.encode(), request.body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), request.header('X-Hook-Signature').encode())


def handshake(request, secret):
    hook_secret = request.header('X-Hook-Secret')
    return (200, b'', {'X-Hook-Secret': hook_secret}) if hook_secret else None
