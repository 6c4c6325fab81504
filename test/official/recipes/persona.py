# https://docs.withpersona.com/webhook-best-practices
import hashlib
import hmac


def verify(request, secret):
    for pair in request.header('Persona-Signature').split(' '):
        parts = dict(part.split('=', 1) for part in pair.split(','))
        expected = hmac.new(secret.encode(), parts['t'].encode() + b'.' + request.body, hashlib.sha256).hexdigest()
        if hmac.compare_digest(expected.encode(), parts['v1'].encode()):
            return True
    return False
