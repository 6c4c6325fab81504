# Stripe on FastAPI and uvicorn: the raw body, the header through Request.headers, every secret's signature.
import hashlib
import hmac
import json
import os
import socket
import sys
import threading
import time

import uvicorn
from fastapi import FastAPI, Request, Response

SECRET = json.loads(os.environ['SETTINGS'])['secret'].encode()
TOLERANCE = 300
app = FastAPI()


def is_genuine(body, header):
    pairs = [part.split('=', 1) for part in header.split(',') if '=' in part]
    times = [value for key, value in pairs if key == 't']
    if not times or not times[0].isascii() or not times[0].isdigit():
        return False
    if time.time() - int(times[0]) > TOLERANCE:
        return False
    expected = hmac.new(SECRET, times[0].encode() + b'.' + body, hashlib.sha256).hexdigest().encode()
    return any(hmac.compare_digest(value.encode(), expected) for key, value in pairs if key == 'v1')


@app.post('/webhook')
async def receive(request: Request):
    body = await request.body()
    if not is_genuine(body, request.headers.get('stripe-signature', '')):
        return Response(status_code=400)
    return {'received': True}


listener = socket.create_server(('127.0.0.1', 0))
print(listener.getsockname()[1], flush=True)
server = uvicorn.Server(uvicorn.Config(app, log_level='error'))
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
server.run(sockets=[listener])
