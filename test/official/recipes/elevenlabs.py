# https://elevenlabs.io/docs/overview/administration/webhooks
import hashlib
import hmac
import time


def verify(request, secret):
    parts = request.header('ElevenLabs-Signature').split(',')
    timestamp = next((part[2:] for part in parts if part.startswith('t=')), '')
    signature = next((part for part in parts if part.startswith('v0=')), '')
    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > 30 * 60:
        return False
    expected = 'v0=' + hmac.new(secret.encode(), timestamp.encode() + b'.' + request.body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), signature.encode())
