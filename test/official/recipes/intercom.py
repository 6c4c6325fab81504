# https://developers.intercom.com/docs/references/2.16/webhooks/webhook-models
import hashlib
import hmac


def verify(request, secret):
    expected = 'sha1=' + hmac.new(secret.encode(), request.body, hashlib.sha1).hexdigest()
    return hmac.compare_digest(expected.encode(), request.header('X-Hub-Signature').encode())
