# https://docs.lemonsqueezy.com/help/webhooks/signing-requests
import hashlib
import hmac

SECRET = 'known-to-the-tests-alone'
ACCEPTED = 200


def verify(request, secret):
    digest = hmac.new(secret.encode(), request.body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(digest.encode(), request.header('X-Signature').encode())
