import json
import os
import subprocess
import threading

import pytest
from werkzeug.serving import make_server

from app import make_app, notify

SECRET = 'only-for-these-tests'


def command(*args):
    return ['npx', 'webhook-sim', *args, '--json', '-q']


def webhook_sim(*args):
    """Runs webhook-sim, and gives its exit code and its lines of JSON: one for each delivery, the summary last."""
    env = {**os.environ, 'GITHUB_WEBHOOK_SECRET': SECRET}
    done = subprocess.run(command(*args), env=env, stdout=subprocess.PIPE, text=True, timeout=120)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def app():
    app = make_app(SECRET)
    server = make_server('127.0.0.1', 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    app.url = f'http://127.0.0.1:{server.server_port}/webhooks/github'
    yield app
    server.shutdown()


def test_a_pull_request_is_kept_once(app):
    code, lines = webhook_sim(
        'send', 'github', 'pull_request.opened', '--to', app.url, '--set', 'pull_request.title=Faster', '--duplicate', '2'
    )
    assert code == 0
    assert [line['outcome'] for line in lines if line['type'] == 'delivery'] == ['accepted', 'accepted']
    assert app.opened == ['Faster']


def test_a_forgery_is_rejected(app):
    code, [delivery, _] = webhook_sim(
        'send', 'github', 'pull_request.opened', '--to', app.url, '--forge', 'tampered-body'
    )
    assert (code, delivery['attempts'][-1]['status']) == (0, 401)
    assert app.opened == []


def test_the_receiver_is_safe(app):
    code, lines = webhook_sim('check', 'github', '--to', app.url, '--report', 'junit=webhooks.xml')
    assert (code, lines[-1]['grade'], lines[-1]['findings']) == (0, 'A', [])


def test_a_subscriber_can_verify_what_is_sent():
    secret = 'whsec_b25seS1mb3ItdGhlc2UtdGVzdHM='
    args = ['listen', 'standard-webhooks', '--port', '0', '--until', 'deploy.finished', '--secret', secret]
    with subprocess.Popen(command(*args), stdout=subprocess.PIPE, text=True) as listener:
        listening = json.loads(listener.stdout.readline())
        assert notify(listening['url'], secret, {'type': 'deploy.finished', 'data': {'id': 7}}) == 200
        received, _ = [json.loads(line) for line in listener.stdout]
    assert (listener.returncode, received['verdict']) == (0, 'genuine')
