# https://docs.duitku.com/api/id/ (Callback)
import hashlib
import hmac


def verify(request, secret):
    told = request.form()
    text = told['merchantCode'] + told['amount'] + told['merchantOrderId']
    expected = hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, told['signature'])
