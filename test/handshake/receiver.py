"""Receivers as their providers' documents describe them, with nothing but Python's own modules.

The first argument says whose; SECRET is the secret, PUBLIC_URL the address by which the provider knows the receiver.
"""
import base64
import hashlib
import hmac
import json
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl

KIND = sys.argv[1]
SECRET = os.environ["SECRET"].encode()
PUBLIC_URL = os.environ.get("PUBLIC_URL", "")


def slack(headers, body):
    signed = b"v0:" + headers["X-Slack-Request-Timestamp"].encode() + b":" + body
    if headers["X-Slack-Signature"] != "v0=" + hmac.new(SECRET, signed, hashlib.sha256).hexdigest():
        return 401, ""
    event = json.loads(body)
    return 200, event["challenge"] if event["type"] == "url_verification" else ""


def forgetful(headers, body):
    """Answers another challenge than it was given, with what would colour a terminal."""
    return 200, "\x1b[31mchallenge accepted"


def twilio(headers, body):
    fields = sorted(parse_qsl(body.decode(), keep_blank_values=True))
    signed = PUBLIC_URL + "".join(name + value for name, value in fields)
    right = base64.b64encode(hmac.new(SECRET, signed.encode(), hashlib.sha1).digest()).decode()
    return (200 if headers["X-Twilio-Signature"] == right else 403), ""


def square(headers, body):
    right = base64.b64encode(hmac.new(SECRET, PUBLIC_URL.encode() + body, hashlib.sha256).digest()).decode()
    return (200 if headers["x-square-hmacsha256-signature"] == right else 403), ""


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        status, answer = globals()[KIND](self.headers, body)
        self.send_response(status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer.encode())

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
server.serve_forever()
