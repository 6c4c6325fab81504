# https://learn.microsoft.com/en-us/azure/event-grid/security-authentication (a client secret as a query parameter)
# https://learn.microsoft.com/en-us/azure/event-grid/end-point-validation-event-grid-events-schema
import hmac
import json


def is_authentic(request, secret):
    return hmac.compare_digest(request.parameters().get('token', '').encode(), secret.encode())


def handshake(request, secret):
    if request.header('aeg-event-type') != 'SubscriptionValidation':
        return None
    if not is_authentic(request, secret):
        return 401, b''
    code = request.json()[0]['data']['validationCode']
    return 200, json.dumps({'validationResponse': code}).encode(), {'Content-Type': 'application/json'}


def verify(request, secret):
    return is_authentic(request, secret)
