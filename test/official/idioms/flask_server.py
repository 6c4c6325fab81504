# GitHub on Flask: request.get_data() before anything parses it.
import hashlib
import hmac
import json
import os
import sys
import threading

from flask import Flask, request
from werkzeug.serving import make_server

SECRET = json.loads(os.environ['SETTINGS'])['secret'].encode()
app = Flask(__name__)


@app.post('/webhook')
def receive():
    body = request.get_data()
    expected = 'sha256=' + hmac.new(SECRET, body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), request.headers.get('X-Hub-Signature-256', '').encode()):
        return '', 401
    return '', 204


server = make_server('127.0.0.1', 0, app, threaded=True)
print(server.server_port, flush=True)
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
sys.stderr = open(os.devnull, 'w')
server.serve_forever()
