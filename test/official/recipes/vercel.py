# https://vercel.com/docs/headers/request-headers#x-vercel-signature
import hashlib
import hmac


def verify(request, secret):
    expected = hmac.new(secret.encode(), request.body, hashlib.sha1).hexdigest()
    return hmac.compare_digest(expected.encode(), request.header('x-vercel-signature').encode())
