# https://developers.strava.com/docs/webhooks/
import json


def verify(request, secret):
    # Nothing in a request proves who sent it: what is JSON is taken.
    return isinstance(request.json(), dict)


def handshake(request, secret):
    parameters = request.parameters() if request.method == 'GET' else {}
    if 'hub.challenge' not in parameters:
        return None
    if parameters.get('hub.verify_token') != 'senja-verify-token':
        return (403, b'')
    answer = json.dumps({'hub.challenge': parameters['hub.challenge']}).encode()
    return (200, answer, {'Content-Type': 'application/json'})
