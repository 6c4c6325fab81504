# https://dev.twitch.tv/docs/eventsub/handling-webhook-events/
import hashlib
import hmac
import re
import time
from calendar import timegm

SECRET = 'known-to-the-tests-alone'
OLDEST = 10 * 60


def signed(request, secret):
    message = request.header('Twitch-Eventsub-Message-Id') + request.header('Twitch-Eventsub-Message-Timestamp')
    digest = hmac.new(secret.encode(), message.encode() + request.body, hashlib.sha256).hexdigest()
    expected = 'sha256=' + digest
    return hmac.compare_digest(expected.encode(), request.header('Twitch-Eventsub-Message-Signature').encode())


def young(request):
    moment = re.fullmatch(r'(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?Z', request.header('Twitch-Eventsub-Message-Timestamp'))
    if not moment:
        return False
    sent = timegm(time.strptime(moment[1], '%Y-%m-%dT%H:%M:%S'))
    return abs(time.time() - sent) <= OLDEST


def verify(request, secret):
    return signed(request, secret) and young(request)


def handshake(request, secret):
    if request.header('Twitch-Eventsub-Message-Type') != 'webhook_callback_verification':
        return None
    if not verify(request, secret):
        return 403, b''
    return 200, request.json()['challenge'].encode()
