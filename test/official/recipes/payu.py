# https://docs.payu.in/docs/generate-hash-payu-hosted (the reverse hash of a response)
import hashlib
import hmac


def verify(request, secret):
    told = request.form()
    parts = [secret, told['status'], '', '', '', '', '']
    parts += [told[name] for name in ('udf5', 'udf4', 'udf3', 'udf2', 'udf1')]
    parts += [told[name] for name in ('email', 'firstname', 'productinfo', 'amount', 'txnid', 'key')]
    return hmac.compare_digest(hashlib.sha512('|'.join(parts).encode()).hexdigest(), told['hash'])
