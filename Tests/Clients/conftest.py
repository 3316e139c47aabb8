"""What the tests share: a fntop of their own, clients that know nothing but its address, and functions to deploy."""

import io
import json
import os
import re
import signal
import subprocess
import time
import uuid
import zipfile
from pathlib import Path

import boto3
import pytest
import shapes
from botocore.config import Config

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = str(Path(os.environ.get("FNTOP", ROOT / ".build/debug/fntop")).resolve())
ROLE = "arn:aws:iam::000000000000:role/none"
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}


# The operations that clients called, as (service, operation): what the tests cover.
CALLED = set()


def remember(model, **_):
    CALLED.add((model.service_model.service_name, model.name))


class Endpoint:
    """`fntop up --headless` on a port of its own."""

    def __init__(self, *arguments, **environment):
        self.process = subprocess.Popen(
            [PROGRAM, "up", "--headless", "--port", "0", *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **environment},
        )
        line = self.process.stdout.readline()
        found = re.search(r"http://[\d.]+:(\d+)", line)
        assert found, f"no address in {line!r}: {self.process.stderr.read() if not line else ''}"
        self.url = found.group(0)
        self.port = int(found.group(1))

    def client(self, service, **config):
        """A boto3 client that does not retry, so that a test sees each answer, and that checks each against its model."""
        client = boto3.client(
            service, endpoint_url=self.url, region_name="us-east-1",
            aws_access_key_id="test", aws_secret_access_key="test",
            config=Config(retries={"total_max_attempts": 1}, read_timeout=60, max_pool_connections=256, **config),
        )
        client.meta.events.register("before-call", remember)
        client.meta.events.register("after-call", shapes.check)
        return client

    def aws(self, *words, check=True):
        """Runs aws cli with nothing but the address and dummy credentials; gives its JSON answer."""
        done = self.run_aws(*words)
        assert not check or done.returncode == 0, done.stderr
        return json.loads(done.stdout) if done.stdout.strip() else None

    def run_aws(self, *words):
        environment = {**os.environ, **CREDENTIALS, "AWS_ENDPOINT_URL": self.url, "AWS_PAGER": ""}
        aws = [str(Path(os.sys.executable).parent / "aws")]
        return subprocess.run([*aws, *words], capture_output=True, text=True, env=environment, timeout=60)

    def fntop(self, *words, input=None):
        """Runs a command of the program against this endpoint."""
        environment = {**os.environ, "AWS_ENDPOINT_URL": self.url}
        return subprocess.run([PROGRAM, *words], capture_output=True, env=environment, input=input, timeout=60)

    def children(self):
        found = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True)
        return [int(word) for word in found.stdout.split()]

    def stop(self):
        """Stops the endpoint as a person would, and checks that nothing it started is left."""
        children = self.children()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=20)
        self.process.stdout.close()
        self.process.stderr.close()
        eventually(lambda: not [pid for pid in children if is_alive(pid)], f"left behind: {children}")


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def eventually(check, problem, seconds=10):
    """Waits for what happens on its own, such as a log line to arrive; gives what `check` gave."""
    end = time.monotonic() + seconds
    while True:
        result = check()
        if result:
            return result
        assert time.monotonic() < end, problem
        time.sleep(0.02)


def zipped(**files):
    """A deployment package; `app_py` is the file app.py, and `bootstrap` is executable."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            base, _, ending = name.rpartition("_")
            info = zipfile.ZipInfo(f"{base}.{ending}" if base else name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o100755 << 16
            archive.writestr(info, content)
    return buffer.getvalue()


def unique(prefix):
    return f"{prefix}-{uuid.uuid4().hex[:8]}"


def deploy(endpoint, code, *, name=None, runtime="python3.12", handler="app.handler", timeout=3, memory=128, **more):
    """Creates a function from the text of app.py (or from a package as bytes); gives its name."""
    name = name or unique("fn")
    package = code if isinstance(code, bytes) else zipped(app_py=code)
    endpoint.client("lambda").create_function(
        FunctionName=name, Runtime=runtime, Handler=handler, Role=ROLE, Timeout=timeout, MemorySize=memory,
        Code={"ZipFile": package}, **more,
    )
    return name


def messages(endpoint, function, *, until=None, seconds=10):
    """The function's log lines; with `until`, waits for one that has this text."""
    logs = endpoint.client("logs")

    def read():
        group = f"/aws/lambda/{function}"
        pages = logs.get_paginator("filter_log_events").paginate(logGroupName=group)
        try:
            found = [event["message"] for page in pages for event in page["events"]]
        except logs.exceptions.ResourceNotFoundException:
            return None
        return found if until is None or any(until in message for message in found) else None

    return eventually(read, f"no line with {until!r} from {function}", seconds)


@pytest.fixture(scope="session")
def endpoint():
    endpoint = Endpoint()
    yield endpoint
    endpoint.stop()
