# HTTP as far as a receiver needs it beyond Python's http.server: chunked bodies, and methods that are not for it.
import base64
import hmac
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HEADER = os.environ['HEADER']
SECRET = os.environ['SECRET'].encode()


def sign(body, secret=SECRET):
    digest = hmac.new(secret, body, 'sha256').digest()
    return digest.hex() if os.environ['ENCODING'] == 'hex' else base64.b64encode(digest).decode()


class Receiver(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def read(self):
        if self.headers.get('Transfer-Encoding', '').lower() != 'chunked':
            return self.rfile.read(int(self.headers.get('Content-Length', 0)))
        body = b''
        while size := int(self.rfile.readline().split(b';')[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def refuse_method(self):
        self.read()
        self.answer(405)

    def answer(self, status):
        self.send_response(status)
        self.send_header('Content-Length', '0')
        self.end_headers()

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 64

    def handle_error(self, *_):
        pass


def serve(receiver):
    server = Server(('127.0.0.1', 0), receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    sys.stdin.read()
