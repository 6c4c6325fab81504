"""Writes requests signed as different providers do, with nothing of this project, as JSON to standard output."""
import base64, hashlib, hmac, json

SECRET = "elsewhere-secret-5f2c"
WHSEC = "whsec_" + base64.b64encode(b"24 bytes of key material").decode()
BODY = '{"id": "evt_1", "type": "order.created", "data": {"total": 73.5, "name": "K\\u00f6pi"}}'
T = "1790000000"
MS = "1790000000123"
UUID = "0d3c2a9e-8f7b-4c1d-9e2a-5b6c7d8e9f01"
URL = "https://shop.example/hooks/in?tenant=7"


def mac(key, text, name="sha256"):
    key = key if isinstance(key, bytes) else key.encode()
    return hmac.new(key, text.encode(), getattr(hashlib, name))


def b64(digest):
    return base64.b64encode(digest).decode()


def b64url(digest):
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


captures = []


def add(name, headers, body=BODY, secrets=(SECRET,), url=URL, method="POST"):
    headers = [["Host", "shop.example"], ["User-Agent", "python-requests/2.32"], ["Content-Type", "application/json"]] + headers
    captures.append({"name": name, "method": method, "url": url, "headers": headers, "body": body, "secrets": list(secrets)})


for hash_name in ["md5", "sha1", "sha256", "sha384", "sha512"]:
    digest = mac(SECRET, BODY, hash_name).digest()
    for encoding, text in [("hex", digest.hex()), ("HEX", digest.hex().upper()), ("base64", b64(digest)), ("base64url", b64url(digest))]:
        add(f"body {hash_name} {encoding}", [["X-Acme-Signature", text]])
    for prefix in [f"{hash_name}=", "v1=", "v0=", "v1,", "hmac "]:
        add(f"prefix {prefix}{hash_name}", [["X-Acme-Signature", prefix + digest.hex()]])

for order in ["{t}.{b}", "{t}{b}", "{t}:{b}", "v0:{t}:{b}", "{b}{t}", "{b}.{t}", "{t}|{b}", "{t}\n{b}"]:
    add(f"time {order!r}", [["X-Acme-Timestamp", T], ["X-Acme-Signature", "v0=" + mac(SECRET, order.format(t=T, b=BODY)).hexdigest()]])
add("time in milliseconds", [["X-Time", MS], ["X-Signature", b64(mac(SECRET, MS + BODY).digest())]])
ISO = "2026-09-21T12:53:20Z"
add("time in ISO", [["X-Time", ISO], ["X-Signature", mac(SECRET, f"{ISO}.{BODY}").hexdigest()]])
HTTP_DATE = "Mon, 21 Sep 2026 12:53:20 GMT"
add("time of the header Date", [["Date", HTTP_DATE], ["X-Signature", mac(SECRET, f"{HTTP_DATE}.{BODY}").hexdigest()]])
add("id.timestamp.body", [["webhook-id", "msg_2b7dGhPqRsTuVwXyZa1B3c4D5e"], ["webhook-timestamp", T], ["webhook-signature", "v1," + b64(mac(b"24 bytes of key material", f"msg_2b7dGhPqRsTuVwXyZa1B3c4D5e.{T}.{BODY}").digest())]], secrets=[WHSEC])
add("t and v1", [["Acme-Signature", f"t={T},v1={mac(SECRET, f'{T}.{BODY}').hexdigest()}"]])
add("two secrets", [["Acme-Signature", f"t={T},v1={mac('new', f'{T}.{BODY}').hexdigest()},v1={mac('old', f'{T}.{BODY}').hexdigest()}"]], secrets=["old", "new"])
add("two secrets, one known", [["Acme-Signature", f"t={T},v1={mac('new', f'{T}.{BODY}').hexdigest()},v1={mac(SECRET, f'{T}.{BODY}').hexdigest()}"]])
add("another version beside", [["Acme-Signature", f"t={T},v1={mac(SECRET, f'{T}.{BODY}').hexdigest()},v0={'ab' * 32}"]])
add("ts and h1", [["Acme-Signature", f"ts={T};h1={mac(SECRET, f'{T}:{BODY}').hexdigest()}"]])
add("a list with spaces", [["webhook-id", UUID], ["webhook-timestamp", T], ["webhook-signature", " ".join("v1," + b64(mac(s, f"{UUID}.{T}.{BODY}").digest()) for s in ["new", "old"])]], secrets=["new", "old"])
add("nonce beside the signature", [["X-Signature", f"nonce=9f8e7d6c5b4a,t={T},s={mac(SECRET, f'9f8e7d6c5b4a{T}{BODY}').hexdigest()}"]])
add("url and body", [["X-Signature", b64(mac(SECRET, URL + BODY, "sha1").digest())]])
add("method, url, body, time", [["X-Request-Timestamp", MS], ["X-Signature-v3", b64(mac(SECRET, f"POST{URL}{BODY}{MS}").digest())]])
add("path and body", [["X-Signature", mac(SECRET, "/hooks/in" + BODY).hexdigest()]])
add("method, path with query, time, hash of the body", [["X-Timestamp", T], ["X-Signature", mac(SECRET, f"POST\n/hooks/in?tenant=7\n{T}\n{hashlib.sha256(BODY.encode()).hexdigest()}").hexdigest()]])
add("behind a proxy", [["X-Forwarded-Proto", "https"], ["X-Signature", mac(SECRET, URL + BODY).hexdigest()]], url="http://shop.example/hooks/in?tenant=7")
FORM = [("To", "+1"), ("From", "+2 3"), ("Body", "hi & bye"), ("AccountSid", "AC9")]
form = "To=%2B1&From=%2B2+3&Body=hi+%26+bye&AccountSid=AC9"
captures.append({"name": "url and sorted form", "method": "POST", "url": URL, "headers": [["Content-Type", "application/x-www-form-urlencoded"], ["X-Signature", b64(mac(SECRET, URL + "".join(k + v for k, v in sorted(FORM)), "sha1").digest())]], "body": form, "secrets": [SECRET]})
add("event and body", [["X-Acme-Event", "order.created"], ["X-Signature", mac(SECRET, "order.created" + BODY).hexdigest()]])
add("an unusual order", [["X-Acme-Event", "order.created"], ["X-Timestamp", T], ["X-Signature", mac(SECRET, f"{BODY}:order.created:{T}").hexdigest()]])
add("secret and body in a plain hash", [["X-Signature", hashlib.sha256((SECRET + BODY).encode()).hexdigest()]])
add("body and secret in a plain hash", [["X-Signature", hashlib.md5((BODY + SECRET).encode()).hexdigest()]])
add("secret, method, url, body in a plain hash", [["X-Signature", hashlib.sha256(f"{SECRET}POST{URL}{BODY}".encode()).hexdigest()]])
add("key in base64", [["X-Signature", mac(b"\x00\x01\xfe\xff key", BODY).hexdigest()]], secrets=[b64(b"\x00\x01\xfe\xff key")])
add("key in hex", [["X-Signature", mac(b"\x00\x01\xfe\xff key", BODY).hexdigest()]], secrets=[b"\x00\x01\xfe\xff key".hex()])
add("hashed key", [["X-Signature", mac(hashlib.sha1(SECRET.encode()).digest(), BODY).hexdigest()]])
add("key behind a prefix", [["X-Signature", mac("abcdef123", BODY).hexdigest()]], secrets=["sk_live_abcdef123"])
add("token", [["X-Acme-Token", SECRET]])
add("bearer", [["Authorization", f"Bearer {SECRET}"]])
add("token after a word", [["Authorization", f"Token {SECRET}"]])
add("basic auth", [["Authorization", "Basic " + b64(b"acme:elsewhere-secret-5f2c")]])
add("basic auth, both given", [["Authorization", "Basic " + b64(b"acme:" + SECRET.encode())]], secrets=[f"acme:{SECRET}"])
TOKEN = "f277e02660158fad58ac9b1666e3d065"
add("in the body", [], body=json.dumps({"signature": {"timestamp": T, "token": TOKEN, "signature": mac(SECRET, T + TOKEN).hexdigest()}, "event-data": {"event": "opened"}}))
add("sorted fields of the body", [], body=json.dumps({"order_id": "A-17", "amount": "73000.00", "status": "paid", "signature": hashlib.sha512(("A-17" + "paid" + "73000.00" + SECRET).encode()).hexdigest()}))
SIGNED_URL = "https://shop.example/hooks/in"
add("in the query", [], url=f"{SIGNED_URL}?ts={T}&sig={mac(SECRET, f'{T}.{BODY}').hexdigest()}")
add("braces around", [["X-Signature", "{" + mac(SECRET, BODY).hexdigest() + "}"]])


def jwt(header, claims, key):
    parts = ".".join(b64url(json.dumps(part, separators=(",", ":")).encode()) for part in [header, claims])
    return parts + "." + b64url(mac(key, parts).digest())


add("a token of JSON", [["Authorization", "Bearer " + jwt({"alg": "HS256", "typ": "JWT"}, {"iss": "acme", "iat": int(T), "body_sha256": hashlib.sha256(BODY.encode()).hexdigest()}, SECRET)]])

print(json.dumps(captures))
