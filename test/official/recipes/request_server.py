"""Serves every recipe of this folder at the path of its name: 2xx for what it verifies, 401 for what it does not."""
import importlib
import json
import os
import sys
import threading
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

KNOWN = json.loads(os.environ['SETTINGS'])
sys.path.insert(0, os.path.dirname(__file__))


class Request:
    """What a recipe is given: text headers by any letter case, the body as bytes, and the address that the provider knows."""

    def __init__(self, method, headers: Message, body: bytes, url: str, query: str):
        self.method, self.headers, self.body, self.url, self.query = method, headers, body, url, query

    def header(self, name):
        """The value of a header; '' where it is missing, or there more than once."""
        found = self.headers.get_all(name) or []
        return found[0] if len(found) == 1 else ''

    def json(self):
        return json.loads(self.body)

    def form(self):
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True, strict_parsing=bool(self.body)))

    def parameters(self):
        return dict(parse_qsl(self.query, keep_blank_values=True))


class Handler(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def respond(self):
        body = self.read_body()
        path, _, query = self.path.partition('?')
        recipe_name = path.strip('/')
        recipe, known = importlib.import_module(recipe_name), KNOWN[recipe_name]
        request = Request(self.command, self.headers, body, known['url'], query)
        answer, headers = b'', {}
        if hasattr(recipe, 'handshake') and (shaken := recipe.handshake(request, known['secret'])) is not None:
            status, answer, *more = shaken
            headers = more[0] if more else {}
        else:
            status = self.judge(recipe, request, known)
        self.send_response(status)
        self.send_header('Content-Length', str(len(answer)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != 'HEAD':
            self.wfile.write(answer)

    def read_body(self):
        if 'chunked' not in self.headers.get('Transfer-Encoding', '').lower():
            return self.rfile.read(int(self.headers.get('Content-Length') or 0))
        body = b''
        while size := int(self.rfile.readline().partition(b';')[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass
        return body

    def judge(self, recipe, request, known):
        if self.command != getattr(recipe, 'METHOD', 'POST'):
            return 405
        try:
            # A body that does not parse is a bad request, whoever signed it.
            if 'json' in self.headers.get('Content-Type', '') and not hasattr(recipe, 'ANY_BODY'):
                request.json()
            genuine = recipe.verify(request, known['secret'])
        except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
            return 400
        return getattr(recipe, 'ACCEPTED', 200) if genuine else 401

    do_GET = do_HEAD = do_POST = do_PUT = do_OPTIONS = do_DELETE = do_PATCH = respond

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    # With the usual five, the system lets connections that come at once wait for a second.
    request_queue_size = 64


server = Server(('127.0.0.1', 0), Handler)
print(server.server_port, flush=True)
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
sys.stderr = open(os.devnull, 'w')
server.serve_forever()
