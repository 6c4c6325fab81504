# https://core.telegram.org/bots/api#setwebhook
import hmac


def verify(request, secret):
    return hmac.compare_digest(request.header('X-Telegram-Bot-Api-Secret-Token').encode(), secret.encode())
