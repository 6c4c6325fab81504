# https://docs.xendit.co/apidocs/payment-webhook-notification
import hmac


def verify(request, secret):
    return hmac.compare_digest(request.header('x-callback-token').encode(), secret.encode())
