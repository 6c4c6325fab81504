# https://github.com/woocommerce/woocommerce/blob/trunk/plugins/woocommerce/includes/class-wc-webhook.php (generate_signature, deliver_ping)
import base64
import hashlib
import hmac


def handshake(request, secret):
    if request.header('X-WC-Webhook-Signature') or not request.body.startswith(b'webhook_id='):
        return None
    return 200, b''


def verify(request, secret):
    expected = base64.b64encode(hmac.new(secret.encode(), request.body, hashlib.sha256).digest())
    return hmac.compare_digest(expected, request.header('X-WC-Webhook-Signature').encode())
