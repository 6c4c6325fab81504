# https://developers.doku.com/get-started-with-doku-api/signature-component/non-snap/signature-component-from-request-header
import base64
import hashlib
import hmac
from urllib.parse import urlsplit


def verify(request, secret):
    parts = [f'{name}:{request.header(name)}' for name in ('Client-Id', 'Request-Id', 'Request-Timestamp')]
    parts.append(f'Request-Target:{urlsplit(request.url).path}')
    parts.append('Digest:' + base64.b64encode(hashlib.sha256(request.body).digest()).decode())
    signature = base64.b64encode(hmac.new(secret.encode(), '\n'.join(parts).encode(), hashlib.sha256).digest()).decode()
    return hmac.compare_digest(f'HMACSHA256={signature}'.encode(), request.header('Signature').encode())
