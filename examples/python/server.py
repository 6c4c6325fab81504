# Receives the webhooks of Scalev with Python's standard library.
import base64
import hmac
import json
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

secret = os.environ.get('SCALEV_SIGNING_SECRET', '').encode()
if not secret:
    sys.exit('Set SCALEV_SIGNING_SECRET to the secret that you share with Scalev.')

LIMIT = 2 * 1024 * 1024

# What came, by its id. In production: a table whose id is unique, shared by all processes.
received = {}
lock = threading.Lock()


class TooLarge(Exception):
    pass


class Receiver(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    # An answer leaves in one piece.
    wbufsize = -1

    def do_POST(self):
        try:
            body = self.read()
        except (TooLarge, ValueError) as error:
            self.close_connection = True
            return self.answer(413 if isinstance(error, TooLarge) else 400, {'error': 'unreadable body'})
        if self.path != '/webhooks/scalev':
            return self.answer(404, {'error': 'not found'})
        # The signature is over the bytes as they came: parse them only after it is verified.
        signature = base64.b64encode(hmac.new(secret, body, 'sha256').digest())
        given = self.headers.get_all('X-Scalev-Hmac-Sha256', [])
        if len(given) != 1 or not hmac.compare_digest(given[0].encode(), signature):
            return self.answer(401, {'error': 'invalid signature'})
        try:
            event = json.loads(body)
        except (ValueError, RecursionError):
            return self.answer(400, {'error': 'malformed JSON'})
        key = event.get('unique_id') if isinstance(event, dict) else None
        with lock:
            duplicate = (key or signature) in received
            if not duplicate:
                received[key or signature] = event
        # Keep the event, answer, and work on it later: the provider waits a few seconds at most.
        self.answer(200, {'received': True, 'duplicate': duplicate})

    def read(self):
        if self.headers.get('Transfer-Encoding', '').lower() != 'chunked':
            return self.read_part(int(self.headers.get('Content-Length', 0)))
        body = b''
        while size := int(self.rfile.readline(100).split(b';')[0], 16):
            body += self.read_part(size, len(body))
            self.rfile.readline(100)
        self.rfile.readline(100)
        return body

    def read_part(self, size, before=0):
        if size < 0 or before + size > LIMIT:
            raise TooLarge
        return self.rfile.read(size)

    def answer(self, status, content):
        text = json.dumps(content).encode()
        self.send_response(status)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Content-Length', str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    # Deliveries that come at once wait for their turn.
    request_queue_size = 64
    daemon_threads = True


Server(('127.0.0.1', int(os.environ.get('PORT', 3000))), Receiver).serve_forever()
