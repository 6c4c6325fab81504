# https://developer.monday.com/apps/docs/authorization-header
import base64
import hashlib
import hmac
import json
import time


def decode(part):
    return base64.urlsafe_b64decode(part + '=' * (-len(part) % 4))


def verify(request, secret):
    head, claims, signature = request.header('Authorization').split('.')
    if json.loads(decode(head))['alg'] != 'HS256':
        return False
    expected = hmac.new(secret.encode(), f'{head}.{claims}'.encode(), hashlib.sha256).digest()
    if not hmac.compare_digest(expected, decode(signature)):
        return False
    told = json.loads(decode(claims))
    return told['aud'] == request.url and told['exp'] > time.time()


def handshake(request, secret):
    if b'"challenge"' not in request.body or (told := request.json()).keys() != {'challenge'}:
        return None
    answer = json.dumps({'challenge': told['challenge']}).encode()
    return (200, answer, {'Content-Type': 'application/json'})
