# Scalev, "Verifying a Webhook Request": its Python example, in the HTTP server of the standard library.
import base64
import hmac
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

client_secret = os.environ['CLIENT_SECRET'].encode('utf-8')


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        json_body = self.rfile.read(int(self.headers['Content-Length']))
        calculated_hmac = base64.b64encode(
            hmac.new(client_secret, json_body, 'sha256').digest()
        ).decode('utf-8')
        self.send_response(200 if self.headers['X-Scalev-Hmac-Sha256'] == calculated_hmac else 401)
        self.send_header('Content-Length', '0')
        self.end_headers()

    def log_message(self, *_):
        pass


server = HTTPServer(('127.0.0.1', 0), Receiver)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_port, flush=True)
sys.stdin.read()
