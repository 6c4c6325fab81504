"""The receiver of the soak: of ten requests one is treated badly, in turn in each of these ways; counts every request that it read whole."""
import json, os, selectors, socket, struct, sys, time

server = socket.create_server(("127.0.0.1", 0), backlog=1024)
server.setblocking(False)
print(server.getsockname()[1], flush=True)
FINE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
selector = selectors.DefaultSelector()
selector.register(server, selectors.EVENT_READ)
selector.register(sys.stdin, selectors.EVENT_READ)
buffers, ended, delayed = {}, set(), []
counts = {"requests": 0, "answered": 0, "faults": 0}


def drop(connection, reset=False):
    if connection not in buffers:
        return
    if reset:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    selector.unregister(connection)
    del buffers[connection]
    ended.discard(connection)
    connection.close()


def half_close(connection):
    """Says no more, and still reads and counts what was on its way."""
    ended.add(connection)
    connection.shutdown(socket.SHUT_WR)


def faulty(connection, which):
    if which == 0:
        half_close(connection)
    elif which == 1:
        drop(connection, reset=True)
    elif which == 2:
        delayed.append((time.monotonic() + 0.03, lambda: drop(connection)))
    elif which == 3:
        counts["answered"] += 1
        connection.sendall(FINE)
        half_close(connection)
    elif which == 4:
        connection.sendall(FINE[:20])
        half_close(connection)
    else:
        counts["answered"] += 1
        connection.sendall(FINE + b"HTTP/1.1 500 Stray\r\nContent-Length: 0\r\n\r\n")


def handle(connection):
    counts["requests"] += 1
    if connection in ended:
        return
    if counts["requests"] % 10 == 0:
        counts["faults"] += 1
        faulty(connection, counts["faults"] % 6)
    else:
        counts["answered"] += 1
        connection.sendall(FINE)


def read(connection):
    try:
        chunk = connection.recv(1 << 16)
    except ConnectionError:
        chunk = b""
    if not chunk:
        return drop(connection)
    data = buffers[connection] = buffers[connection] + chunk
    while connection in buffers and b"\r\n\r\n" in data:
        head, _, rest = data.partition(b"\r\n\r\n")
        length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        if len(rest) < length:
            break
        data = rest[length:]
        buffers[connection] = data
        try:
            handle(connection)
        except OSError:
            drop(connection)


while True:
    wait = max(0, delayed[0][0] - time.monotonic()) if delayed else None
    for key, _ in selector.select(wait):
        if key.fileobj is server:
            connection, _ = server.accept()
            buffers[connection] = b""
            selector.register(connection, selectors.EVENT_READ)
        elif key.fileobj is sys.stdin:
            sys.stdin.readline()
            print(json.dumps(counts), flush=True)
            os._exit(0)
        elif key.fileobj in buffers:
            read(key.fileobj)
    while delayed and delayed[0][0] <= time.monotonic():
        delayed.pop(0)[1]()
