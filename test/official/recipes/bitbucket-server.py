# https://confluence.atlassian.com/bitbucketserver/manage-webhooks-938025878.html
import hashlib
import hmac


def verify(request, secret):
    expected = 'sha256=' + hmac.new(secret.encode(), request.body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), request.header('X-Hub-Signature').encode())
