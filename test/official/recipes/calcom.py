# https://github.com/calcom/cal.com/blob/main/packages/features/webhooks/lib/sendPayload.ts
import hashlib
import hmac


def verify(request, secret):
    expected = hmac.new(secret.encode(), request.body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), request.header('X-Cal-Signature-256').encode())
