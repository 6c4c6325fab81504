# https://developer.phonepe.com/payment-gateway/website-integration/standard-checkout/api-integration/api-reference/webhook
import hashlib
import hmac

SECRET = 'known_to:theTests4lone'


def verify(request, secret):
    expected = hashlib.sha256(secret.encode()).hexdigest()
    return hmac.compare_digest(expected.encode(), request.header('Authorization').encode())
