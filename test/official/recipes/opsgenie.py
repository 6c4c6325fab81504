# https://support.atlassian.com/opsgenie/docs/integrate-opsgenie-with-webhook/


def verify(request, secret):
    # Nothing in a request proves who sent it: what is JSON is taken.
    return isinstance(request.json(), dict)
