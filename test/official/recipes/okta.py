# https://developer.okta.com/docs/concepts/event-hooks/
import hmac
import json


def verify(request, secret):
    return hmac.compare_digest(request.header('Authorization').encode(), secret.encode())


def handshake(request, secret):
    if request.method != 'GET':
        return None
    return 200, json.dumps({'verification': request.header('x-okta-verification-challenge')}).encode()
