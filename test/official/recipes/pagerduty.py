# https://developer.pagerduty.com/docs/verifying-webhook-signatures
import hashlib
import hmac


def verify(request, secret):
    expected = 'v1=' + hmac.new(secret.encode(), request.body, hashlib.sha256).hexdigest()
    sent = request.header('X-PagerDuty-Signature').split(',')
    return any(hmac.compare_digest(expected.encode(), each.encode()) for each in sent)
