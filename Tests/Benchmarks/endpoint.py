"""A fntop endpoint to measure, and a load to put on it."""

import base64
import http.client
import io
import json
import os
import re
import signal
import subprocess
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
ROLE = "arn:aws:iam::000000000000:role/none"


class Endpoint:
    """`fntop up --headless` on a port of its own."""

    def __init__(self, program):
        self.process = subprocess.Popen(
            [program, "up", "--headless", "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        line = self.process.stdout.readline()
        found = re.search(r"http://[\d.]+:(\d+)", line)
        if not found:
            raise SystemExit(f"the endpoint did not start: {line!r}")
        self.url = found.group(0)
        self.port = int(found.group(1))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=20)

    def request(self, method, path, body=b"", headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        if answer.status >= 400:
            raise SystemExit(f"{method} {path}: {answer.status} {data[:300]!r}")
        return data

    def get(self, path):
        return json.loads(self.request("GET", path))

    def invoke(self, name, payload=b"{}"):
        return self.request("POST", f"/2015-03-31/functions/{name}/invocations", payload)

    def dynamodb(self, operation, body):
        headers = {"X-Amz-Target": f"DynamoDB_20120810.{operation}", "Content-Type": "application/x-amz-json-1.0"}
        return self.request("POST", "/", json.dumps(body).encode(), headers)

    def states(self, operation, body):
        headers = {"X-Amz-Target": f"AWSStepFunctions.{operation}", "Content-Type": "application/x-amz-json-1.0"}
        return json.loads(self.request("POST", "/", json.dumps(body).encode(), headers) or b"null")

    def resident_mib(self):
        return resident_mib(self.process.pid)


class Load:
    """The load generator and the no-op runtime, compiled once into a folder that goes away."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        return self

    def __exit__(self, *_):
        self.folder.cleanup()

    def compiled(self, name):
        target = Path(self.folder.name) / name
        if not target.exists():
            source = HERE / "Runtime" / f"{name}.c"
            subprocess.run(["cc", "-O2", "-D_GNU_SOURCE", "-pthread", "-o", target, source], check=True)
        return target

    def run(self, endpoint, request, clients, seconds):
        file = Path(self.folder.name) / "request"
        file.write_bytes(request)
        command = [self.compiled("load"), str(endpoint.port), str(clients), str(seconds), file]
        result = subprocess.run(command, capture_output=True, text=True)
        if result.returncode != 0:
            raise SystemExit(f"the load failed: {result.stderr[:500]}")
        return tuple(float(word) for word in result.stdout.split())


def request_file(endpoint, method, path, body, headers=None):
    fields = {"Host": f"127.0.0.1:{endpoint.port}", "Content-Length": str(len(body)), **(headers or {})}
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + body


def zipped(files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = 0o100755 << 16
            archive.writestr(info, content)
    return base64.b64encode(buffer.getvalue()).decode()


def deploy(endpoint, name, runtime, handler, files, timeout=3):
    body = {
        "FunctionName": name, "Runtime": runtime, "Handler": handler, "Role": ROLE, "Timeout": timeout,
        "Code": {"ZipFile": zipped(files)},
    }
    endpoint.request("POST", "/2015-03-31/functions", json.dumps(body).encode(), {"Content-Type": "application/json"})


def deploy_noop(endpoint, binary):
    deploy(endpoint, "noop", "provided.al2023", "none", {"bootstrap": Path(binary).read_bytes()})


def deploy_python(endpoint, name, code, timeout=3):
    deploy(endpoint, name, "python3.12", "app.handler", {"app.py": code}, timeout)


def resident_mib(pid):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def cpu_seconds(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
