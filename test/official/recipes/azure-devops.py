# https://learn.microsoft.com/en-us/azure/devops/service-hooks/services/webhooks
import base64
import hmac

SECRET = 'known:to-the-tests-alone'


def verify(request, secret):
    expected = b'Basic ' + base64.b64encode(secret.encode())
    return hmac.compare_digest(expected, request.header('Authorization').encode())
