# Slack on aiohttp: await request.read(), request.headers.get.
import asyncio
import hashlib
import hmac
import json
import os
import sys
import time

from aiohttp import web

SECRET = json.loads(os.environ['SETTINGS'])['secret'].encode()


def is_genuine(body, headers):
    told = headers.get('X-Slack-Request-Timestamp', '')
    if not told.isascii() or not told.isdigit() or abs(time.time() - int(told)) > 60 * 5:
        return False
    expected = 'v0=' + hmac.new(SECRET, b'v0:' + told.encode() + b':' + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), headers.get('X-Slack-Signature', '').encode())


async def receive(request):
    body = await request.read()
    if not is_genuine(body, request.headers):
        return web.Response(status=401)
    return web.Response(text='ok')


async def main():
    app = web.Application(client_max_size=2 * 1024 * 1024)
    app.router.add_post('/webhook', receive)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, '127.0.0.1', 0)
    await site.start()
    print(site._server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


asyncio.run(main())
