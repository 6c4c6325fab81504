# https://github.com/duitkupg/duitku-php/blob/master/Duitku/Api.php (callback)
import hashlib
import hmac


def verify(request, secret):
    told = request.form()
    text = told['merchantCode'] + told['amount'] + told['merchantOrderId'] + secret
    return hmac.compare_digest(hashlib.md5(text.encode()).hexdigest(), told['signature'])
