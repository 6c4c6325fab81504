# https://www.revenuecat.com/docs/integrations/webhooks: the value of the Authorization header is the one of the dashboard
import hmac

ACCEPTED = 200


def verify(request, secret):
    return hmac.compare_digest(request.header('Authorization').encode(), secret.encode())
