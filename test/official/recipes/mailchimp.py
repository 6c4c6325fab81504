# https://developer.mailchimp.com/documentation/mailchimp/guides/about-webhooks/ (a secret in the URL)
import hmac


def handshake(request, secret):
    return (200, b'') if request.method == 'GET' else None


def verify(request, secret):
    request.form()
    return hmac.compare_digest(request.parameters().get('secret', '').encode(), secret.encode())
