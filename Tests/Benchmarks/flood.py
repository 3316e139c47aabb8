"""flood.py RATE: a source of telemetry that sends RATE log lines a second, as GET /_fntop/events does."""

import json
import socket
import sys
import time

RATE = int(sys.argv[1])
BATCH = 100
FUNCTIONS = ["record-order", "query-user", "process-payment", "update-order", "notify-user"]
LINES = [f"INFO order o-{number} was recorded with {number % 7} items for {number / 7:.2f} EUR" for number in range(BATCH)]


def prepared(function):
    """An event with a batch of lines, as bytes with places for its sequence and its time."""
    lines = [{"time": "@TIME@", "requestId": f"00000000-0000-4000-8000-{place:012d}", "text": line}
             for place, line in enumerate(LINES)]
    log = {"group": f"/aws/lambda/{function}", "stream": "2026/01/31/[$LATEST]flood", "function": function, "lines": lines}
    return json.dumps({"sequence": "@SEQUENCE@", "time": "@TIME@", "log": log}).encode() + b"\n"


EVENTS = [prepared(function) for function in FUNCTIONS]


def event(sequence):
    time_now = str(int(time.time() * 1e6)).encode()
    template = EVENTS[sequence % len(EVENTS)]
    return template.replace(b'"@TIME@"', time_now).replace(b'"@SEQUENCE@"', str(sequence).encode(), 1)


def serve(listener):
    client, _ = listener.accept()
    client.recv(65536)
    client.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n")
    send(client, json.dumps({"stream": {"epoch": "flood", "first": 1, "next": 1}}).encode() + b"\n")
    sequence = 0
    began = time.monotonic()
    while True:
        sequence += 1
        send(client, event(sequence))
        ahead = began + sequence * BATCH / RATE - time.monotonic()
        if ahead > 0:
            time.sleep(ahead)


def send(client, data):
    client.sendall(f"{len(data):x}\r\n".encode() + data + b"\r\n")


def main():
    listener = socket.create_server(("127.0.0.1", 0))
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    while True:
        try:
            serve(listener)
        except OSError:
            continue


if __name__ == "__main__":
    main()
