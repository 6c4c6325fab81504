# Receivers on Python's http.server with one hole each; the argument says which.
import fnmatch
import hmac
import json
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))
from server import HEADER, Receiver, serve, sign

hole = sys.argv[1]


def verify(received, body):
    expected = sign(body)
    if hole == 'none-secret':
        return received in (expected, sign(body, str(os.environ.get('NO_SUCH_SECRET')).encode()))
    if hole == 'fnmatch':
        return received is not None and fnmatch.fnmatchcase(expected, received)
    if hole == 'sorted':
        return sorted(received or '') == sorted(expected)
    return received == expected


class Holed(Receiver):
    do_GET = do_HEAD = do_PUT = do_PATCH = do_DELETE = Receiver.refuse_method

    def do_POST(self):
        body = self.read()
        try:
            event = json.loads(body)
        except (ValueError, RecursionError):
            event = None
        is_test = hole == 'skips-test' and isinstance(event, dict) and event.get('event') == 'test'
        is_foreign = hole == 'skips-foreign' and isinstance(event, dict) and len(event) > 0 and 'unique_id' not in event
        is_chunked = hole == 'chunked-unverified' and 'Content-Length' not in self.headers
        if not (is_test or is_foreign or is_chunked or verify(self.headers.get(HEADER), body)):
            return self.answer(401)
        self.answer(400 if event is None else 200)


serve(Holed)
