# https://github.com/TryGhost/Ghost/blob/8b7535221b9cb2da03dcaa32d45db54189a7ec14/ghost/core/core/server/services/webhooks/webhook-trigger.js
import hashlib
import hmac


def verify(request, secret):
    parts = dict(part.strip().split('=', 1) for part in request.header('X-Ghost-Signature').split(','))
    expected = hmac.new(secret.encode(), request.body + parts['t'].encode(), hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), parts['sha256'].encode())
