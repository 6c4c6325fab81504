# https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks
import hashlib
import hmac


def verify(request, secret):
    told = request.json()['signature']
    expected = hmac.new(secret.encode(), (told['timestamp'] + told['token']).encode(), hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, told['signature'])
