"""Companies that sign webhooks, written with nothing of this project. `captures` prints a request of each as JSON, in three forms;
`bodies` does that for bodies that are no JSON, in one form;
`receive <company> <secret>` listens on a free port, tells it, and answers each request with 200 where it is genuine, else with 401."""
import base64, hashlib, hmac, json, shlex, sys, urllib.parse
from http.server import BaseHTTPRequestHandler, HTTPServer

T = "1790000000"
ORDER = {"id": "evt_1Nv0a7KxQp2bZs9d", "type": "order.created", "created_at": "2026-09-21T12:53:20Z", "data": {"total": 73.0, "customer": "0d3c2a9e-8f7b-4c1d-9e2a-5b6c7d8e9f01"}}
COMPACT = json.dumps(ORDER, separators=(",", ":"))
WHSEC = "whsec_" + base64.b64encode(b"24 bytes of key material").decode()
HOST = "shop.example"


def mac(key, text, name="sha256"):
    key = key if isinstance(key, bytes) else key.encode()
    return hmac.new(key, text if isinstance(text, bytes) else text.encode(), getattr(hashlib, name))


def b64(data):
    return base64.b64encode(data).decode()


class Request:
    def __init__(self, method, target, headers, body, host=HOST, scheme="https"):
        self.method, self.target, self.body = method, target, body
        self.headers = {name.lower(): value for name, value in headers}
        self.url = f"{scheme}://{host}{target}"

    def __getitem__(self, name):
        return self.headers.get(name.lower(), "")

    @property
    def text(self):
        return self.body.decode()


def twilio(secret, r):
    fields = urllib.parse.parse_qsl(r.text, keep_blank_values=True)
    return b64(mac(secret, r.url + "".join(k + v for k, v in sorted(fields)), "sha1").digest())


def stripe(secret, r):
    told = dict(part.split("=", 1) for part in r["Acme-Signature"].split(","))
    return f"t={told['t']},v1=" + mac(secret, f"{told['t']}.{r.text}").hexdigest()


def standard(secret, r):
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return "v1," + b64(mac(key, f"{r['webhook-id']}.{r['webhook-timestamp']}.{r.text}").digest())


def odd(secret, r):
    path = r.target.split("?")[0]
    return b64(mac(secret, f"{r.method}\n{path}\n{r['X-Odd-Time']}\n{r.text}", "sha512").digest())


# name: (header of the proof, how it is made, secret, event, other headers, body)
companies = {
    "github": ("X-Hub-Signature-256", lambda s, r: "sha256=" + mac(s, r.text).hexdigest(), "gh-secret-4711", "issues.opened", [("X-GitHub-Event", "issues"), ("X-GitHub-Delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958")], json.dumps({"action": "opened", "issue": {"number": 1347, "html_url": "https://x.example/1347"}}, separators=(",", ":"))),
    "stripe": ("Acme-Signature", stripe, "whsec_abcDEF0123456789", "order.created", [], json.dumps(ORDER, indent=2)),
    "slack": ("X-Slack-Signature", lambda s, r: "v0=" + mac(s, f"v0:{r['X-Slack-Request-Timestamp']}:{r.text}").hexdigest(), "8f742231b10e8888abcd99yyyzzz85a5", "app_mention", [("X-Slack-Request-Timestamp", T)], json.dumps({"type": "event_callback", "event_id": "Ev0PV52K25AB", "event": {"type": "app_mention", "text": "hi"}}, separators=(",", ":"))),
    "standard": ("webhook-signature", standard, WHSEC, "order.created", [("webhook-id", "msg_2b7dGhPqRsTuVwXyZa1B3c4D5e"), ("webhook-timestamp", T)], COMPACT),
    "twilio": ("X-Twilio-Signature", twilio, "12345auth-token", "delivered", [("I-Twilio-Idempotency-Token", "c1f8a7d2-6d3c-4b7e-9a51-2f0e8d7c6b5a")], "MessageSid=SM1f0e8d7c6b5a41f0e8d7c6b5a4321f0e&MessageStatus=delivered&To=%2B15005550006"),
    "token": ("X-Acme-Token", lambda s, r: s, "glpat-like-token-77", "order.created", [], COMPACT),
    "basic": ("Authorization", lambda s, r: "Basic " + b64(("hooks:" + s).encode()), "pa55-word-of-hooks", "order.created", [], COMPACT),
    "hubspot": ("X-HubSpot-Signature-v3", lambda s, r: b64(mac(s, f"{r.method}{r.url}{r.text}{r['X-HubSpot-Request-Timestamp']}").digest()), "hs-client-secret-0815", "contact.creation", [("X-HubSpot-Request-Timestamp", T + "123")], json.dumps([{"eventId": 3816279340, "subscriptionType": "contact.creation", "objectId": 1246965}], separators=(",", ":"))),
    "acme": ("X-Acme-Signature", lambda s, r: "sha256=" + mac(s, r.body).hexdigest(), "acme-secret-4712", "order.paid", [], None),
    "odd": ("X-Odd-Proof", odd, "odd secret & more", "order.created", [("X-Odd-Time", T)], json.dumps(ORDER)),
}

BOUNDARY = "----acmeBoundary7MA4YWxkTrZu0gW"
INNER = json.dumps({"event": {"event_type": "order.paid", "event_time": T}, "id": "0d3c2a9e-8f7b-4c1d-9e2a-5b6c7d8e9f01"}, separators=(",", ":"))


def parts(*told):
    return b"".join(f"--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + content + b"\r\n" for head, content in told) + f"--{BOUNDARY}--\r\n".encode()


# name: (Content-Type, body)
bodies_of_others = {
    "xml": ("text/xml; charset=utf-8", b'<?xml version="1.0"?>\n<order key="ord_8fK2mQ9xZpL4">\n  <id>0d3c2a9e-8f7b-4c1d-9e2a-5b6c7d8e9f01</id>\n  <created>2026-09-21T12:53:20Z</created><sent>1790000000</sent><total>10.00</total>\n</order>\n'),
    "text": ("text/plain", b"order: ord_8fK2mQ9xZpL4\nid: 0d3c2a9e-8f7b-4c1d-9e2a-5b6c7d8e9f01\ntime: 2026-09-21 12:53:20\n\npaid by \xc3\x84yu"),
    "empty": (None, b""),
    "parts": (f"multipart/form-data; boundary={BOUNDARY}", parts(('name="json"', INNER.encode()), ('name="note"; filename="a.txt"\r\nContent-Type: text/plain', b"paid"))),
    "files": (f"multipart/form-data; boundary={BOUNDARY}", parts(('name="json"', INNER.encode()), ('name="scan"; filename="a.bin"\r\nContent-Type: application/octet-stream', b"\xff\x00\xfe"))),
    "nested": ("application/x-www-form-urlencoded", urllib.parse.urlencode([("type", "order.paid"), ("data[id]", "0d3c2a9e-8f7b-4c1d-9e2a-5b6c7d8e9f01"), ("data[items][0][sku]", "A1"), ("created", T)]).encode()),
    "payload": ("application/x-www-form-urlencoded", urllib.parse.urlencode({"payload": INNER}).encode()),
}


def raw_bodies():
    for name, (type_, body) in bodies_of_others.items():
        proof, sign, secret, *_ = companies["acme"]
        headers = [("Host", HOST), *([("Content-Type", type_)] if type_ else []), ("X-Acme-Event", "order.paid"), (proof, sign(secret, Request("POST", "/hooks/in", [], body)))]
        head = "POST /hooks/in HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in headers) + f"Content-Length: {len(body)}\r\n\r\n"
        yield {"name": name, "secret": secret, "capture": b64(head.encode() + body)}


def captures():
    for name, (proof, sign, secret, event, more, body) in companies.items():
        if name == "acme":
            continue
        type_ = "application/x-www-form-urlencoded" if name == "twilio" else "application/json"
        headers = [("Content-Type", type_), *more]
        seed = [*headers, ("Acme-Signature", f"t={T}")]
        headers.append((proof, sign(secret, Request("POST", "/hooks/in", seed, body.encode()))))
        passed = [("Host", HOST), ("X-Forwarded-Proto", "https"), ("CF-Ray", "8a1b"), ("Cookie", "sid=CANARY-cookie")]
        raw = "POST /hooks/in HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in passed + headers) + f"Content-Length: {len(body.encode())}\r\n\r\n{body}"
        url = f"https://{HOST}/hooks/in"
        har = {"log": {"version": "1.2", "entries": [{"request": {"method": "POST", "url": url, "headers": [{"name": k, "value": v} for k, v in passed + headers], "postData": {"mimeType": type_, "text": body}}}]}}
        curl = shlex.join(["curl", "-X", "POST", url, *[part for k, v in headers for part in ("-H", f"{k}: {v}")], "--data-binary", body])
        yield {"name": name, "secret": secret, "event": event, "body": body, "forms": {"raw": raw, "har": json.dumps(har), "curl": curl}}


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        proof, sign, *_ = companies[sys.argv[2]]
        body = self.rfile.read(int(self.headers["Content-Length"]))
        request = Request("POST", self.path, self.headers.items(), body, self.headers["Host"], "http")
        genuine = request[proof] != "" and hmac.compare_digest(request[proof], sign(sys.argv[3], request))
        self.send_response(200 if genuine else 401)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


if sys.argv[1] == "captures":
    print(json.dumps(list(captures())))
elif sys.argv[1] == "bodies":
    print(json.dumps(list(raw_bodies())))
else:
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    print(server.server_port, flush=True)
    server.serve_forever()
