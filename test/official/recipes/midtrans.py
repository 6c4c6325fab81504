# https://docs.midtrans.com/docs/https-notification-webhooks
import hashlib
import hmac


def verify(request, secret):
    told = request.json()
    text = told['order_id'] + told['status_code'] + told['gross_amount'] + secret
    return hmac.compare_digest(hashlib.sha512(text.encode()).hexdigest(), told['signature_key'])
