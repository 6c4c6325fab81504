# A correct receiver on Python's http.server; `default-methods` leaves other methods to http.server, which answers 501.
import hmac
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))
from server import HEADER, Receiver, serve, sign

LIMIT = 2 * 1024 * 1024


class Correct(Receiver):
    def do_POST(self):
        body = self.read()
        if len(body) > LIMIT:
            return self.answer(413)
        signatures = self.headers.get_all(HEADER, [])
        if len(signatures) != 1 or not hmac.compare_digest(signatures[0].encode(), sign(body).encode()):
            return self.answer(401)
        try:
            json.loads(body)
        except (ValueError, RecursionError):
            return self.answer(400)
        self.answer(200)


if sys.argv[1] != 'default-methods':
    for method in ('GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'):
        setattr(Correct, f'do_{method}', Receiver.refuse_method)

serve(Correct)
