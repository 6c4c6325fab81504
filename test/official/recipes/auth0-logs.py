# https://auth0.com/docs/customize/log-streams/custom-log-streams (Authorization Token, JSON lines)
import hmac
import json


# A body is JSON lines, an array or an object, as the stream is set.
ANY_BODY = True


def verify(request, secret):
    try:
        request.json()
    except ValueError:
        for line in request.body.decode().splitlines():
            json.loads(line)
    return hmac.compare_digest(secret.encode(), request.header('Authorization').encode())
