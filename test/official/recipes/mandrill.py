# https://mandrill.zendesk.com/hc/en-us/articles/360039232513-How-to-Authenticate-Webhook-Requests
import base64
import hashlib
import hmac


def handshake(request, secret):
    return (200, b'') if request.method == 'HEAD' else None


def verify(request, secret):
    fields = request.form()
    text = request.url + ''.join(name + fields[name] for name in sorted(fields))
    expected = base64.b64encode(hmac.new(secret.encode(), text.encode(), hashlib.sha1).digest())
    return hmac.compare_digest(expected, request.header('X-Mandrill-Signature').encode())
