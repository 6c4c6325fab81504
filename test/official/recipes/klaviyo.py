# https://developers.klaviyo.com/en/docs/working_with_system_webhooks
import hashlib
import hmac

SECRET = 'known-to-the-tests-alone'


def verify(request, secret):
    signed = request.body + request.header('Klaviyo-Timestamp').encode()
    expected = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), request.header('Klaviyo-Signature').encode())
