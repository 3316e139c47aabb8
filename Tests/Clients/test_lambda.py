"""Functions as boto3 and aws cli see them: what succeeds, and everything that can go wrong."""

import base64
import json
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from botocore.exceptions import ClientError
from conftest import ROLE, Endpoint, deploy, eventually, messages, unique, zipped

REPORT = re.compile(
    r"^REPORT RequestId: (?P<id>[0-9a-f-]{36})\tDuration: (?P<duration>[\d.]+) ms\tBilled Duration: (?P<billed>\d+) ms\t"
    r"Memory Size: (?P<size>\d+) MB\tMax Memory Used: (?P<used>\d+) MB"
)


def invoke(endpoint, name, payload=None, **more):
    answer = endpoint.client("lambda").invoke(FunctionName=name, Payload=json.dumps(payload or {}), **more)
    body = answer["Payload"].read()
    return answer, json.loads(body) if body else None


def test_a_function_from_a_zip_answers(endpoint):
    name = deploy(endpoint, "def handler(event, context):\n    return {'sum': event['a'] + event['b']}\n")
    answer, body = invoke(endpoint, name, {"a": 1, "b": 2})
    assert answer["StatusCode"] == 200 and "FunctionError" not in answer
    assert answer["ExecutedVersion"] == "$LATEST"
    assert body == {"sum": 3}


def test_the_context_and_the_environment_are_lambdas(endpoint):
    name = deploy(endpoint, """
import os
def handler(event, context):
    return {
        "id": context.aws_request_id, "name": context.function_name, "version": context.function_version,
        "arn": context.invoked_function_arn, "memory": context.memory_limit_in_mb, "group": context.log_group_name,
        "stream": context.log_stream_name, "left": context.get_remaining_time_in_millis(),
        "environment": dict(os.environ), "trace": os.environ["_X_AMZN_TRACE_ID"],
    }
""", Environment={"Variables": {"GREETING": "hi"}})
    answer, body = invoke(endpoint, name)
    assert body["id"] == answer["ResponseMetadata"]["RequestId"]
    assert (body["name"], body["version"]) == (name, "$LATEST")
    assert body["arn"].endswith(f":function:{name}")
    assert str(body["memory"]) == "128" and 0 < body["left"] <= 3000
    environment = body["environment"]
    assert environment["GREETING"] == "hi"
    assert environment["AWS_LAMBDA_FUNCTION_NAME"] == name
    assert environment["AWS_LAMBDA_LOG_GROUP_NAME"] == body["group"] == f"/aws/lambda/{name}"
    assert environment["AWS_LAMBDA_LOG_STREAM_NAME"] == body["stream"]
    assert environment["_HANDLER"] == "app.handler"
    for variable in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_EXECUTION_ENV", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR",
                     "AWS_LAMBDA_RUNTIME_API", "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_ACCESS_KEY_ID", "TZ",
                     "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION", "AWS_ENDPOINT_URL"):
        assert environment.get(variable), variable
    assert body["trace"].startswith("Root=1-")


def test_the_tail_of_the_log_comes_with_the_answer(endpoint):
    name = deploy(endpoint, "def handler(event, context):\n    print('a line')\n")
    answer, _ = invoke(endpoint, name, LogType="Tail")
    log = base64.b64decode(answer["LogResult"]).decode()
    request = answer["ResponseMetadata"]["RequestId"]
    assert f"START RequestId: {request} Version: $LATEST" in log
    assert "a line" in log
    assert f"END RequestId: {request}" in log
    report = next(line for line in log.splitlines() if line.startswith("REPORT"))
    assert REPORT.match(report) and "Init Duration: " in report
    answer, _ = invoke(endpoint, name, LogType="Tail")
    assert "Init Duration" not in base64.b64decode(answer["LogResult"]).decode()


def test_the_tail_is_the_last_4_kib(endpoint):
    name = deploy(endpoint, "def handler(event, context):\n    print('x' * 10000)\n    print('the end')\n")
    answer, _ = invoke(endpoint, name, LogType="Tail")
    log = base64.b64decode(answer["LogResult"])
    assert len(log) <= 4096 and b"the end" in log


def test_lines_of_a_cold_start_in_order(endpoint):
    name = deploy(endpoint, "print('loading')\ndef handler(event, context):\n    print('handling')\n")
    answer, _ = invoke(endpoint, name)
    found = messages(endpoint, name, until="REPORT")
    starts = [message.split()[0] for message in found]
    assert starts == ["INIT_START", "loading", "START", "handling", "END", "REPORT"]


def test_lines_come_while_the_handler_runs(endpoint):
    name = deploy(endpoint, """
import time
def handler(event, context):
    print("begun", flush=True)
    time.sleep(2.5)
""")
    with ThreadPoolExecutor() as pool:
        running = pool.submit(invoke, endpoint, name)
        messages(endpoint, name, until="begun")
        assert not running.done()
        running.result()


def test_event_is_accepted_and_runs(endpoint):
    name = deploy(endpoint, "def handler(event, context):\n    print('ran with', event['n'])\n")
    answer, body = invoke(endpoint, name, {"n": 7}, InvocationType="Event")
    assert answer["StatusCode"] == 202 and body is None
    messages(endpoint, name, until="ran with 7")


def test_dry_run_runs_nothing(endpoint):
    name = deploy(endpoint, "def handler(event, context):\n    print('ran')\n")
    answer, body = invoke(endpoint, name, InvocationType="DryRun")
    assert answer["StatusCode"] == 204 and body is None
    invoke(endpoint, name)
    assert messages(endpoint, name, until="REPORT").count("ran") == 1


def test_an_exception_gives_its_class_message_and_stack(endpoint):
    name = deploy(endpoint, "def inner():\n    raise ValueError('boom')\n\ndef handler(event, context):\n    inner()\n")
    answer, body = invoke(endpoint, name)
    assert (answer["StatusCode"], answer["FunctionError"]) == (200, "Unhandled")
    assert body["errorType"] == "ValueError" and body["errorMessage"] == "boom"
    assert body["requestId"] == answer["ResponseMetadata"]["RequestId"]
    assert any("inner()" in line for line in body["stackTrace"]) and any("app.py" in line for line in body["stackTrace"])
    line = next(line for line in messages(endpoint, name, until="REPORT") if line.startswith("[ERROR]"))
    assert line.startswith("[ERROR] ValueError: boom\nTraceback (most recent call last):")


def test_a_timeout(endpoint):
    name = deploy(endpoint, "import time\ndef handler(event, context):\n    time.sleep(30)\n", timeout=1)
    began = time.monotonic()
    answer, body = invoke(endpoint, name)
    assert 1 <= time.monotonic() - began < 5
    request = answer["ResponseMetadata"]["RequestId"]
    assert answer["FunctionError"] == "Unhandled"
    assert body["errorType"] == "Sandbox.Timedout"
    assert body["errorMessage"] == f"RequestId: {request} Error: Task timed out after 1.00 seconds"
    found = messages(endpoint, name, until="REPORT")
    assert any(f"{request} Task timed out after 1.00 seconds" in line for line in found)
    report = next(line for line in found if line.startswith("REPORT"))
    assert "Status: timeout" in report and float(REPORT.match(report)["duration"]) == 1000


def test_an_exit(endpoint):
    name = deploy(endpoint, "import os\ndef handler(event, context):\n    os._exit(3)\n")
    answer, body = invoke(endpoint, name)
    request = answer["ResponseMetadata"]["RequestId"]
    assert answer["FunctionError"] == "Unhandled"
    assert body == {
        "errorType": "Runtime.ExitError",
        "errorMessage": f"RequestId: {request} Error: Runtime exited with error: exit status 3",
    }
    report = next(line for line in messages(endpoint, name, until="REPORT") if line.startswith("REPORT"))
    assert "Status: error\tError Type: Runtime.ExitError" in report


def test_a_crash(endpoint):
    name = deploy(endpoint, "import os, signal\ndef handler(event, context):\n    os.kill(os.getpid(), signal.SIGSEGV)\n")
    answer, body = invoke(endpoint, name)
    assert answer["FunctionError"] == "Unhandled" and body["errorType"] == "Runtime.ExitError"
    assert body["errorMessage"].endswith("Error: Runtime exited with error: signal: segmentation fault")


def test_10_mb_of_output_are_kept(endpoint):
    name = deploy(endpoint, """
def handler(event, context):
    for number in range(100_000):
        print(f"{number:06d} " + "x" * 93)
""", timeout=30)
    invoke(endpoint, name)
    logs = endpoint.client("logs")
    messages(endpoint, name, until="099999")
    found = set()
    for page in logs.get_paginator("filter_log_events").paginate(logGroupName=f"/aws/lambda/{name}"):
        found.update(event["message"][:6] for event in page["events"])
    assert {f"{number:06d}" for number in range(100_000)} <= found


def test_a_response_of_7_mb_is_too_large(endpoint):
    name = deploy(endpoint, "def handler(event, context):\n    return 'x' * 7_000_000\n", memory=512)
    answer, body = invoke(endpoint, name)
    assert answer["FunctionError"] == "Unhandled"
    assert body["errorType"] == "Function.ResponseSizeTooLarge"
    assert body["errorMessage"] == (
        "Response payload size (7000002 bytes) exceeded maximum allowed payload size (6291556 bytes)."
    )


def test_memory_above_its_limit(endpoint):
    name = deploy(endpoint, """
import time
def handler(event, context):
    held = bytearray(300 * 1024 * 1024)
    for place in range(0, len(held), 4096):
        held[place] = 1
    time.sleep(5)
""", timeout=20)
    answer, body = invoke(endpoint, name)
    assert answer["FunctionError"] == "Unhandled"
    assert body["errorType"] == "Runtime.OutOfMemory"
    assert body["errorMessage"].endswith("Error: Runtime exited with error: signal: killed")
    report = next(line for line in messages(endpoint, name, until="REPORT") if line.startswith("REPORT"))
    assert "Status: error\tError Type: Runtime.OutOfMemory" in report
    assert "Max Memory Used: 128 MB" in report


def test_init_that_fails(endpoint):
    name = deploy(endpoint, "import nothing_of_that_name\ndef handler(event, context):\n    pass\n")
    answer, body = invoke(endpoint, name)
    assert answer["FunctionError"] == "Unhandled"
    assert body["errorType"] == "Runtime.ImportModuleError"
    assert body["errorMessage"] == "Unable to import module 'app': No module named 'nothing_of_that_name'"


@pytest.mark.parametrize("code, kind", [
    ("def other(event, context):\n    pass\n", "Runtime.HandlerNotFound"),
    ("def handler(event, context)\n    pass\n", "Runtime.UserCodeSyntaxError"),
    ("def handler(event, context):\n    return {1, 2}\n", "Runtime.MarshalError"),
])
def test_errors_of_the_python_runtime(endpoint, code, kind):
    answer, body = invoke(endpoint, deploy(endpoint, code))
    assert answer["FunctionError"] == "Unhandled" and body["errorType"] == kind


def test_a_node_function(endpoint):
    import shutil
    if shutil.which("node") is None:
        pytest.skip("node is not installed")
    package = zipped(index_mjs="""
export const handler = async (event) => {
  console.log("got", event.n);
  if (event.fail) throw new TypeError("bad event");
  return { twice: event.n * 2 };
};
""")
    name = deploy(endpoint, package, runtime="nodejs22.x", handler="index.handler")
    assert invoke(endpoint, name, {"n": 4})[1] == {"twice": 8}
    answer, body = invoke(endpoint, name, {"fail": True})
    assert answer["FunctionError"] == "Unhandled"
    assert (body["errorType"], body["errorMessage"]) == ("TypeError", "bad event")
    assert body["trace"][0] == "TypeError: bad event"
    assert any(re.search(r"\tINFO\tgot 4$", line) for line in messages(endpoint, name, until="got 4"))


def test_a_shell_script_on_the_runtime_api(endpoint):
    script = """#!/bin/sh
api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
while true; do
    event=$(curl -s -D /tmp/headers.$$ "$api/invocation/next")
    id=$(sed -n 's/^[Ll]ambda-[Rr]untime-[Aa]ws-[Rr]equest-[Ii]d: *\\([^[:space:]]*\\).*/\\1/p' /tmp/headers.$$)
    echo "shell got $event"
    curl -s -o /dev/null --data "{\\"echo\\": $event}" "$api/invocation/$id/response"
done
"""
    name = deploy(endpoint, zipped(bootstrap=script), runtime="provided.al2023", handler="bootstrap")
    assert invoke(endpoint, name, {"n": 1})[1] == {"echo": {"n": 1}}
    messages(endpoint, name, until='shell got {"n": 1}')


def test_awslambdaric_as_the_runtime(endpoint, tmp_path):
    import awslambdaric
    import subprocess
    import sys
    from pathlib import Path

    site = Path(awslambdaric.__file__).parent.parent
    script = f"#!/bin/sh\nexport PYTHONPATH={site}:.\nexec {sys.executable} -m awslambdaric app.handler\n"
    code = """
def handler(event, context):
    print("through awslambdaric", context.aws_request_id)
    if event.get("fail"):
        raise KeyError("nothing")
    return {"function": context.function_name}
"""
    name = deploy(endpoint, zipped(bootstrap=script, app_py=code), runtime="provided.al2023", handler="app.handler")
    answer, body = invoke(endpoint, name)
    assert body == {"function": name}
    messages(endpoint, name, until=f"through awslambdaric {answer['ResponseMetadata']['RequestId']}")
    answer, body = invoke(endpoint, name, {"fail": True})
    assert answer["FunctionError"] == "Unhandled" and body["errorType"] == "KeyError"


EXTENSION = """#!/usr/bin/python3
import http.server, json, os, threading, urllib.request
api = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"]
out = open(os.environ["EVENTS_FILE"], "a", buffering=1)

class Listener(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        for event in json.loads(self.rfile.read(int(self.headers["Content-Length"]))):
            out.write(json.dumps({"telemetry": event["type"], "record": event["record"]}) + "\\n")
        self.send_response(200)
        self.end_headers()
    def log_message(self, *words):
        pass

server = http.server.HTTPServer(("127.0.0.1", 0), Listener)
threading.Thread(target=server.serve_forever, daemon=True).start()

def call(method, path, body=None, **headers):
    request = urllib.request.Request(api + path, None if body is None else json.dumps(body).encode(), headers, method=method)
    with urllib.request.urlopen(request) as answer:
        return answer.headers, answer.read()

headers, body = call("POST", "/2020-01-01/extension/register", {"events": ["INVOKE", "SHUTDOWN"]},
                     **{"Lambda-Extension-Name": "watcher"})
me = headers["Lambda-Extension-Identifier"]
out.write(json.dumps({"registered": json.loads(body)}) + "\\n")
call("PUT", "/2022-07-01/telemetry", {
    "schemaVersion": "2022-12-13", "types": ["platform", "function"],
    "buffering": {"maxItems": 1000, "maxBytes": 262144, "timeoutMs": 25},
    "destination": {"protocol": "HTTP", "URI": "http://sandbox.localdomain:%d" % server.server_port},
}, **{"Lambda-Extension-Identifier": me})
while True:
    _, body = call("GET", "/2020-01-01/extension/event/next", **{"Lambda-Extension-Identifier": me})
    event = json.loads(body)
    out.write(json.dumps({"event": event}) + "\\n")
    if event["eventType"] == "SHUTDOWN":
        break
"""


def test_an_extension_gets_invoke_shutdown_and_telemetry(tmp_path):
    endpoint = Endpoint()
    events = tmp_path / "events"
    import io
    import zipfile
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("app.py", "def handler(event, context):\n    print('from the handler')\n    return 1\n")
        info = zipfile.ZipInfo("extensions/watcher")
        info.external_attr = 0o100755 << 16
        archive.writestr(info, EXTENSION)
    name = deploy(endpoint, buffer.getvalue(), Environment={"Variables": {"EVENTS_FILE": str(events)}})
    answer, body = invoke(endpoint, name)
    request = answer["ResponseMetadata"]["RequestId"]
    assert body == 1
    lines = lambda: [json.loads(line) for line in events.read_text().splitlines()]  # noqa: E731
    eventually(lambda: any(line.get("telemetry") == "platform.runtimeDone" for line in lines()), "no platform.runtimeDone")
    endpoint.client("lambda").delete_function(FunctionName=name)
    eventually(lambda: any(line.get("event", {}).get("eventType") == "SHUTDOWN" for line in lines()), "no SHUTDOWN")
    found = lines()
    assert found[0]["registered"]["functionName"] == name
    invoked = next(line["event"] for line in found if line.get("event", {}).get("eventType") == "INVOKE")
    assert invoked["requestId"] == request and invoked["tracing"]["type"] == "X-Amzn-Trace-Id"
    kinds = {line["telemetry"] for line in found if "telemetry" in line}
    assert {"platform.initStart", "platform.start", "platform.runtimeDone", "function"} <= kinds
    assert any(line.get("telemetry") == "function" and "from the handler" in line["record"] for line in found)
    done = next(line["record"] for line in found if line.get("telemetry") == "platform.runtimeDone")
    assert done["requestId"] == request and done["status"] == "success"
    endpoint.stop()


def test_200_at_once_with_10_reserved(endpoint):
    name = deploy(endpoint, """
import os, time
def handler(event, context):
    began = time.time()
    time.sleep(0.1)
    return {"environment": context.log_stream_name, "began": began, "ended": time.time()}
""")
    client = endpoint.client("lambda")
    client.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=10)
    barrier = threading.Barrier(200)

    def call():
        barrier.wait()
        try:
            answer = client.invoke(FunctionName=name, Payload=b"{}")
            return json.loads(answer["Payload"].read())
        except ClientError as error:
            return error

    with ThreadPoolExecutor(200) as pool:
        results = [future.result() for future in [pool.submit(call) for _ in range(200)]]
    refused = [result for result in results if isinstance(result, ClientError)]
    ran = [result for result in results if not isinstance(result, ClientError)]
    assert len(ran) >= 10 and refused
    for error in refused:
        assert error.response["Error"]["Code"] == "TooManyRequestsException"
        assert error.response["Reason"] == "ReservedFunctionConcurrentInvocationLimitExceeded"
        assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 429
    by_environment = {}
    for result in ran:
        by_environment.setdefault(result["environment"], []).append((result["began"], result["ended"]))
    assert len(by_environment) <= 10
    for spans in by_environment.values():
        spans.sort()
        assert all(first[1] <= second[0] for first, second in zip(spans, spans[1:]))
    reports = lambda: [REPORT.match(line) for line in messages(endpoint, name) if line.startswith("REPORT")]  # noqa: E731
    eventually(lambda: len(reports()) == len(ran), "a REPORT line is missing")
    row = json.loads(endpoint.fntop("metrics", name, "--json").stdout)
    assert (row["invocations"], row["throttles"]) == (len(ran), len(refused))
    cloudwatch = endpoint.client("cloudwatch")
    import datetime
    now = datetime.datetime.now(datetime.timezone.utc)

    def statistics(metric, statistic):
        points = cloudwatch.get_metric_statistics(
            Namespace="AWS/Lambda", MetricName=metric, Dimensions=[{"Name": "FunctionName", "Value": name}],
            StartTime=now - datetime.timedelta(minutes=10), EndTime=now + datetime.timedelta(minutes=10),
            Period=3600, Statistics=[statistic],
        )["Datapoints"]
        return sum(point[statistic] for point in points)

    assert statistics("Invocations", "Sum") == len(ran)
    assert statistics("Throttles", "Sum") == len(refused)
    durations = sum(float(report["duration"]) for report in reports())
    assert statistics("Duration", "Sum") == pytest.approx(durations, abs=0.01 * len(ran))


def test_the_life_of_a_function(endpoint):
    client = endpoint.client("lambda")
    name = deploy(endpoint, "def handler(event, context):\n    return 'old'\n", Description="first", Tags={"a": "1"})
    arn = client.get_function(FunctionName=name)["Configuration"]["FunctionArn"]
    configuration = client.get_function_configuration(FunctionName=name)
    assert configuration["State"] == "Active" and configuration["Description"] == "first"
    assert configuration["Runtime"] == "python3.12" and configuration["CodeSize"] > 0 and configuration["CodeSha256"]
    assert invoke(endpoint, name)[1] == "old"
    client.update_function_code(FunctionName=name, ZipFile=zipped(app_py="def handler(event, context):\n    return 'new'\n"))
    assert invoke(endpoint, name)[1] == "new"
    client.update_function_configuration(FunctionName=name, Timeout=9, Environment={"Variables": {"NAME": "b"}})
    assert client.get_function_configuration(FunctionName=name)["Timeout"] == 9
    client.tag_resource(Resource=arn, Tags={"b": "2"})
    client.untag_resource(Resource=arn, TagKeys=["a"])
    assert client.list_tags(Resource=arn)["Tags"] == {"b": "2"}
    client.add_permission(FunctionName=name, StatementId="api", Action="lambda:InvokeFunction", Principal="apigateway.amazonaws.com")
    policy = json.loads(client.get_policy(FunctionName=name)["Policy"])
    assert policy["Statement"][0]["Sid"] == "api"
    client.delete_function(FunctionName=name)
    with pytest.raises(client.exceptions.ResourceNotFoundException) as gone:
        client.get_function(FunctionName=name)
    assert gone.value.response["Error"]["Message"] == f"Function not found: {arn}"


def test_lists_come_in_pages(endpoint):
    names = {deploy(endpoint, "def handler(event, context):\n    pass\n") for _ in range(5)}
    pages = list(endpoint.client("lambda").get_paginator("list_functions").paginate(PaginationConfig={"PageSize": 2}))
    assert len(pages) >= 3 and all(len(page["Functions"]) <= 2 for page in pages)
    assert names <= {function["FunctionName"] for page in pages for function in page["Functions"]}


def test_refusals(endpoint):
    client = endpoint.client("lambda")
    name = deploy(endpoint, "def handler(event, context):\n    pass\n")
    with pytest.raises(client.exceptions.ResourceConflictException) as twice:
        deploy(endpoint, "", name=name)
    assert twice.value.response["Error"]["Message"] == f"Function already exist: {name}"
    with pytest.raises(client.exceptions.InvalidRequestContentException) as broken:
        client.invoke(FunctionName=name, Payload=b"{broken")
    assert broken.value.response["Error"]["Message"].startswith("Could not parse request body into json: ")
    with pytest.raises(client.exceptions.RequestTooLargeException):
        client.invoke(FunctionName=name, Payload=json.dumps("x" * 6_300_000).encode())
    with pytest.raises(client.exceptions.InvalidParameterValueException):
        client.create_function(FunctionName=unique("bad"), Runtime="python3.12", Handler="app.handler", Role=ROLE,
                               Code={"ZipFile": b"this is no zip"})


def test_aws_cli(endpoint, tmp_path):
    (tmp_path / "app.zip").write_bytes(zipped(app_py="def handler(event, context):\n    return {'hello': event['name']}\n"))
    name = unique("cli")
    made = endpoint.aws(
        "lambda", "create-function", "--function-name", name, "--runtime", "python3.12", "--handler", "app.handler",
        "--role", ROLE, "--zip-file", f"fileb://{tmp_path}/app.zip",
    )
    assert made["FunctionName"] == name
    answer = endpoint.aws(
        "lambda", "invoke", "--function-name", name,
        "--payload", '{"name": "Ada"}', "--log-type", "Tail", str(tmp_path / "out"),
    )
    assert answer["StatusCode"] == 200 and "REPORT" in base64.b64decode(answer["LogResult"]).decode()
    assert json.loads((tmp_path / "out").read_text()) == {"hello": "Ada"}
    assert any(function["FunctionName"] == name for function in endpoint.aws("lambda", "list-functions")["Functions"])
    done = endpoint.run_aws("lambda", "get-function", "--function-name", "nobody")
    assert done.returncode != 0 and "ResourceNotFoundException" in done.stderr and "nobody" in done.stderr


def test_the_account_tells_its_limits_and_what_is_left(endpoint):
    name = deploy(endpoint, "def handler(event, context):\n    return 1\n")
    functions = endpoint.client("lambda")
    before = functions.get_account_settings()
    assert before["AccountUsage"]["FunctionCount"] >= 1 and before["AccountLimit"]["ConcurrentExecutions"] >= 10
    functions.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=7)
    left = functions.get_account_settings()["AccountLimit"]["UnreservedConcurrentExecutions"]
    assert left == before["AccountLimit"]["UnreservedConcurrentExecutions"] - 7
    functions.delete_function_concurrency(FunctionName=name)
    assert "ReservedConcurrentExecutions" not in functions.get_function_concurrency(FunctionName=name)
    assert functions.get_account_settings()["AccountLimit"] == before["AccountLimit"]


def test_no_code_is_signed(endpoint):
    name = deploy(endpoint, "def handler(event, context):\n    return 1\n")
    found = endpoint.client("lambda").get_function_code_signing_config(FunctionName=name)
    assert (found["FunctionName"], found["CodeSigningConfigArn"]) == (name, "")


def test_the_old_way_to_invoke_without_waiting(endpoint):
    name = deploy(endpoint, "def handler(event, context):\n    print('got', event['n'])\n")
    answer = endpoint.client("lambda").invoke_async(FunctionName=name, InvokeArgs=b'{"n": 7}')
    assert answer["Status"] == 202
    assert messages(endpoint, name, until="got 7")


def streamed(endpoint, name, payload=None, **more):
    """The answer, its payload put together, and how it ended."""
    answer = endpoint.client("lambda").invoke_with_response_stream(
        FunctionName=name, Payload=json.dumps(payload or {}), **more)
    events = list(answer["EventStream"])
    assert [list(event)[0] for event in events[:-1]] == ["PayloadChunk"] * (len(events) - 1)
    return answer, [event["PayloadChunk"]["Payload"] for event in events[:-1]], events[-1]["InvokeComplete"]


def test_a_response_comes_as_a_stream(endpoint):
    name = deploy(endpoint, """
def handler(event, context):
    print("at work")
    if event.get("fail"):
        raise KeyError("no")
    return "x" * event["size"]
""")
    answer, pieces, end = streamed(endpoint, name, {"size": 200_000}, LogType="Tail")
    assert (answer["StatusCode"], answer["ExecutedVersion"]) == (200, "$LATEST")
    assert answer["ResponseStreamContentType"] == "application/vnd.amazon.eventstream"
    assert b"".join(pieces) == b'"' + b"x" * 200_000 + b'"' and len(pieces) > 1
    assert "ErrorCode" not in end and b"at work" in base64.b64decode(end["LogResult"])
    assert answer["ResponseMetadata"]["RequestId"] in base64.b64decode(end["LogResult"]).decode()
    answer, pieces, end = streamed(endpoint, name, {"fail": True})
    assert (answer["StatusCode"], pieces, end["ErrorCode"]) == (200, [], "Unhandled")
    assert json.loads(end["ErrorDetails"])["errorType"] == "KeyError" and "LogResult" not in end
    client = endpoint.client("lambda")
    answer = client.invoke_with_response_stream(FunctionName=name, InvocationType="DryRun")
    assert answer["StatusCode"] == 204
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        client.invoke_with_response_stream(FunctionName="none")
    with pytest.raises(ClientError) as refused:
        client.invoke_with_response_stream(FunctionName=name, InvocationType="Event")
    assert "RequestResponse, DryRun" in refused.value.response["Error"]["Message"]
