# https://docs.gitlab.com/user/project/integrations/webhooks/#validate-requests-by-using-a-secret-token
import hmac


def verify(request, secret):
    return hmac.compare_digest(request.header('X-Gitlab-Token').encode(), secret.encode())
