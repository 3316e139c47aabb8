"""What `--data` keeps: over a crash, and for one program at a time."""

import json
import subprocess
import time

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


SLOW = "import time\ndef handler(event, context):\n    time.sleep(0.3)\n    return {'n': event['n'], 'seen': True}\n"
WORKFLOW = {
    "StartAt": "Begin",
    "States": {
        "Begin": {"Type": "Pass", "Result": {"seen": True}, "ResultPath": "$.begin", "Next": "Which"},
        "Which": {
            "Type": "Choice", "Default": "Call",
            "Choices": [
                {"Variable": "$.kind", "StringEquals": "wait", "Next": "Wait"},
                {"Variable": "$.kind", "StringEquals": "token", "Next": "Token"},
            ],
        },
        "Wait": {"Type": "Wait", "Seconds": 3, "End": True},
        "Token": {
            "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken", "End": True,
            "Parameters": {"FunctionName": "slow", "Payload": {"n.$": "$.n", "token.$": "$$.Task.Token"}},
        },
        "Call": {
            "Type": "Task", "Resource": "arn:aws:lambda:us-east-1:000000000000:function:slow", "ResultPath": "$.called",
            "Next": "Done",
        },
        "Done": {"Type": "Succeed"},
    },
}


def until(check, seconds=60):
    end = time.monotonic() + seconds
    while not (found := check()):
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)
    return found


def test_executions_go_on_after_a_crash(start):
    endpoint = start()
    functions, states = endpoint.client("lambda"), endpoint.client("stepfunctions")
    functions.create_function(
        FunctionName="slow", Runtime="python3.13", Role=ROLE, Handler="app.handler", Code={"ZipFile": zipped(app_py=SLOW)})
    machine = states.create_state_machine(name="hundred", definition=json.dumps(WORKFLOW), roleArn=ROLE)["stateMachineArn"]
    kinds = ["wait", "token", "call", "call"]
    running = {}
    for number in range(100):
        given = {"n": number, "kind": kinds[number % 4]}
        answer = states.start_execution(stateMachineArn=machine, name=f"e{number}", input=json.dumps(given))
        running[answer["executionArn"]] = given
    crash(endpoint)

    states = start().client("stepfunctions")
    for arn, given in running.items():
        assert states.describe_execution(executionArn=arn)["name"] == f"e{given['n']}"
    ended = 0
    for arn, given in running.items():
        if given["kind"] == "token":
            token = until(lambda: task_token(states, arn))
            states.send_task_success(taskToken=token, output=json.dumps({"by": "hand"}))
        answer = until(lambda: finished(states, arn))
        assert answer["status"] == "SUCCEEDED", answer
        output = json.loads(answer["output"])
        assert output == {
            "wait": {**given, "begin": {"seen": True}}, "token": {"by": "hand"},
            "call": {**given, "begin": {"seen": True}, "called": {"n": given["n"], "seen": True}},
        }[given["kind"]]
        history = states.get_execution_history(executionArn=arn, maxResults=1000)["events"]
        assert [event["id"] for event in history] == list(range(1, len(history) + 1))
        assert sum(event["type"] == "ExecutionStarted" for event in history) == 1
        assert history[-1]["type"] == "ExecutionSucceeded"
        ended += 1
    assert ended == 100


def finished(states, arn):
    answer = states.describe_execution(executionArn=arn)
    return answer if answer["status"] != "RUNNING" else None


def task_token(states, arn):
    for event in states.get_execution_history(executionArn=arn)["events"]:
        if event["type"] == "TaskSubmitted":
            scheduled = next(
                e for e in states.get_execution_history(executionArn=arn)["events"] if e["type"] == "TaskScheduled")
            return json.loads(scheduled["taskScheduledEventDetails"]["parameters"])["Payload"]["token"]
    return None
