# A correct receiver on Python's http.server behind a limiter of its own, which the argument names. `X-Verified` marks the answers of the
# verifier itself, and tells how many requests the limiter rejected until then.
import hmac
import pathlib
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))
from server import HEADER, Receiver, serve, sign


class TokenBucket:
    """Five requests a second, and five at first."""

    def __init__(self):
        self.tokens, self.filled_at, self.lock = 5.0, time.monotonic(), threading.Lock()

    def take(self):
        with self.lock:
            now = time.monotonic()
            self.tokens = min(5.0, self.tokens + (now - self.filled_at) * 5)
            self.filled_at = now
            if self.tokens < 1:
                return False
            self.tokens -= 1
            return True


LIMITER = sys.argv[1]
MOST_WRONG = 1 if LIMITER == 'bans-at-once' else 5
bucket = TokenBucket()
wrong = 0
rejected = 0


class Limited(Receiver):
    def verified(self, status):
        self.send_response(status)
        self.send_header('X-Verified', str(rejected))
        self.send_header('Content-Length', '0')
        self.end_headers()

    def limited(self):
        if LIMITER == 'limits-rate':
            if bucket.take():
                return False
            self.send_response(429)
            self.send_header('Retry-After', '1')
            self.send_header('Content-Length', '0')
            self.end_headers()
            return True
        if wrong < MOST_WRONG:
            return False
        if LIMITER == 'drops':
            self.close_connection = True
        else:
            self.answer(403)
        return True

    def receive(self):
        global rejected, wrong
        body = self.read()
        if self.limited():
            rejected += 1
            return
        if self.command != 'POST':
            return self.verified(405)
        signatures = self.headers.get_all(HEADER, [])
        if len(signatures) != 1 or not hmac.compare_digest(signatures[0].encode(), sign(body).encode()):
            wrong += 1
            return self.verified(401)
        self.verified(200)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = receive


serve(Limited)
