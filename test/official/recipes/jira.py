# https://developer.atlassian.com/cloud/jira/platform/webhooks/#secure-admin-webhooks
import hashlib
import hmac


def verify(request, secret):
    method, _, signature = request.header('X-Hub-Signature').partition('=')
    if method != 'sha256':
        return False
    expected = hmac.new(secret.encode(), request.body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), signature.encode())
