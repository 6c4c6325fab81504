# https://www.eventbrite.com/platform/docs/webhooks


def verify(request, secret):
    # Nothing in a request proves who sent it: what is JSON is taken.
    return isinstance(request.json(), dict)
