# https://circleci.com/docs/guides/integration/outbound-webhooks/#validate-webhooks
import hashlib
import hmac


def verify(request, secret):
    pairs = (each.split('=', 1) for each in request.header('circleci-signature').split(','))
    sent = {version: signature for version, signature in pairs}
    expected = hmac.new(secret.encode(), request.body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), sent['v1'].encode())
