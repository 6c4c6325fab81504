# https://docs.netlify.com/site-deploys/notifications/#payload-signature
import base64
import hashlib
import hmac
import json


def decode(part):
    return base64.urlsafe_b64decode(part + '=' * (-len(part) % 4))


def verify(request, secret):
    head, claims, signature = request.header('X-Webhook-Signature').split('.')
    if json.loads(decode(head))['alg'] != 'HS256':
        return False
    expected = hmac.new(secret.encode(), f'{head}.{claims}'.encode(), hashlib.sha256).digest()
    if not hmac.compare_digest(expected, decode(signature)):
        return False
    told = json.loads(decode(claims))
    return told['iss'] == 'netlify' and told['sha256'] == hashlib.sha256(request.body).hexdigest()
