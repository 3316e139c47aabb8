"""What `--data` keeps: over a crash, and for one program at a time."""

import json
import subprocess

import pytest

from conftest import PROGRAM, ROLE, Endpoint, zipped

HANDLER = "import os\ndef handler(event, context):\n    return {'stage': os.environ['STAGE'], 'event': event}\n"


@pytest.fixture
def start(tmp_path):
    started = []

    def start():
        endpoint = Endpoint("--data", str(tmp_path / "data"))
        started.append(endpoint)
        return endpoint

    yield start
    for endpoint in started:
        if endpoint.process.poll() is None:
            endpoint.stop()


def crash(endpoint):
    endpoint.process.kill()
    endpoint.process.wait(timeout=10)
    endpoint.process.stdout.close()
    endpoint.process.stderr.close()


def create(client, name):
    client.create_function(
        FunctionName=name, Runtime="python3.13", Role=ROLE, Handler="app.handler", Code={"ZipFile": zipped(app_py=HANDLER)},
        Environment={"Variables": {"STAGE": "kept"}}, Timeout=7,
    )


def test_functions_are_there_again_after_a_crash(start):
    endpoint = start()
    client = endpoint.client("lambda")
    for name in ("one", "two", "three"):
        create(client, name)
    client.put_function_concurrency(FunctionName="one", ReservedConcurrentExecutions=3)
    client.update_function_configuration(FunctionName="one", MemorySize=256)
    client.delete_function(FunctionName="three")
    before = client.get_function_configuration(FunctionName="one")
    crash(endpoint)

    client = start().client("lambda")
    assert [f["FunctionName"] for f in client.list_functions()["Functions"]] == ["one", "two"]
    after = client.get_function_configuration(FunctionName="one")
    before.pop("ResponseMetadata"), after.pop("ResponseMetadata")
    assert after == before
    assert client.get_function_concurrency(FunctionName="one")["ReservedConcurrentExecutions"] == 3
    answer = client.invoke(FunctionName="one", Payload=b'{"n": 1}')
    assert json.loads(answer["Payload"].read()) == {"stage": "kept", "event": {"n": 1}}


def test_a_folder_is_for_one_program_at_a_time(start, tmp_path):
    start()
    second = subprocess.run(
        [PROGRAM, "up", "--headless", "--port", "0", "--data", str(tmp_path / "data")],
        capture_output=True, text=True, timeout=20,
    )
    assert second.returncode == 1
    assert "in use by another fntop" in second.stderr
