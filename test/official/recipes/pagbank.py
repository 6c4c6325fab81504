# https://developer.pagbank.com.br/reference/confirmar-autenticidade-da-notificacao
import hashlib
import hmac


def verify(request, secret):
    expected = hashlib.sha256(secret.encode() + b'-' + request.body).hexdigest()
    return hmac.compare_digest(expected.encode(), request.header('x-authenticity-token').encode())
