# https://auth0.com/docs/customize/events/create-an-event-stream
import hmac


def verify(request, secret):
    return hmac.compare_digest(f'Bearer {secret}'.encode(), request.header('Authorization').encode())
