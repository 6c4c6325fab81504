# https://developers.brevo.com/docs/transactional-webhooks (a webhook with a token)
import hmac


def verify(request, secret):
    return hmac.compare_digest(f'Bearer {secret}'.encode(), request.header('Authorization').encode())
