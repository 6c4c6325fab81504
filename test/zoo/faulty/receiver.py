# Receivers on Python's http.server, as people write them; the argument says what is wrong.
import hmac
import json
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))
from server import HEADER, Receiver, serve, sign

finding = sys.argv[1]


def verify(headers, body):
    received = ','.join(headers.get_all(HEADER, []))
    expected = sign(body)
    if finding == 'first-header-only':
        return hmac.compare_digest(headers.get(HEADER, ''), expected)
    if finding == 'in-operator':
        return HEADER in headers and received in expected
    if finding == 'zip':
        return all(a == b for a, b in zip(received, expected))
    if finding == 'assert':
        assert hmac.compare_digest(received, expected)
        return True
    if finding == 'json-dumps':
        return received == sign(json.dumps(json.loads(body), separators=(',', ':')).encode())
    if finding == 'latin-1':
        return received == sign(body.decode('utf-8').encode('latin-1', 'replace'))
    if finding == 'empty-old-secret':
        return received in (expected, sign(body, os.environ.get('NO_SUCH_OLD_SECRET', '').encode()))
    if finding == 'none-compared':
        return hmac.compare_digest(', '.join(headers.get_all(HEADER)), expected)
    return headers.get_all(HEADER) == [expected]


class Faulty(Receiver):
    do_GET = do_HEAD = do_PUT = Receiver.refuse_method

    # An exception that nobody catches costs the connection: http.server answers nothing then.
    def do_POST(self):
        self.answer(self.judge(self.body()))

    def judge(self, body):
        if finding == 'decode-error':
            body.decode('utf-8')
        try:
            verified = verify(self.headers, body)
            json.loads(body)
        except ValueError:
            return 400
        except RecursionError:
            if finding == 'recursion':
                raise
            return 400
        return 200 if verified else 401

    def body(self):
        if finding == 'no-chunked':
            return self.rfile.read(int(self.headers['Content-Length']))
        return self.read()


serve(Faulty)
