# https://developers.figma.com/docs/rest-api/webhooks-security/
import hmac


def verify(request, secret):
    return hmac.compare_digest(request.json()['passcode'].encode(), secret.encode())
