"""Measures the budgets on a release build: one line a row, with its budget beside it.

usage: bench.py PROGRAM [ROW…]     rows are chosen by a word of their name
"""

import json
import multiprocessing
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from endpoint import Endpoint, Load, deploy_noop, deploy_python, request_file  # noqa: E402
from screen import Screen  # noqa: E402

HERE = Path(__file__).parent
ROWS = []


class Report:
    """Prints rows and remembers which are over their budget."""

    def __init__(self):
        self.over = 0

    def row(self, name, value, unit, budget, is_least=False, note=""):
        within = value >= budget if is_least else value <= budget
        self.over += not within
        sign = "≥" if is_least else "≤"
        verdict = "ok  " if within else "OVER"
        print(f"{verdict} {name:<52} {value:>12,.2f} {unit:<8} budget {sign} {budget:,g} {unit}  {note}", flush=True)

    def note(self, text):
        print(f"     {text}", flush=True)


def row(function):
    ROWS.append(function)
    return function


@row
def first_frame(program, report):
    times = []
    for _ in range(7):
        with Endpoint(program) as endpoint, Screen([program, "watch", endpoint.url]) as screen:
            times.append(screen.time_to_first_output() * 1000)
    report.row("first frame: process start → first frame", statistics.median(times), "ms", 100)
    times = []
    for _ in range(3):
        with Screen([program, "demo"]) as screen:
            times.append(screen.time_to_text("record-order", 20))
    report.row("first frame: demo shows its first function", statistics.median(times), "s", 2)


@row
def start(program, report):
    times = []
    memory = []
    for _ in range(7):
        began = time.monotonic()
        with Endpoint(program) as endpoint:
            endpoint.get("/_fntop/health")
            times.append((time.monotonic() - began) * 1000)
            memory.append(endpoint.resident_mib())
    report.row("start → endpoint answers", statistics.median(times), "ms", 50)
    report.row("idle memory of the runtime", statistics.median(memory), "MiB", 25)


@row
def idle(program, report):
    with Endpoint(program) as endpoint, Screen([program, "watch", endpoint.url]) as screen:
        screen.read_for(3)
        cpu, count = screen.cost_over(10)
    report.row("idle: dashboard, CPU", cpu * 100, "% core", 0.3)
    report.row("idle: dashboard, bytes to the terminal", count, "B/s", 0)


@row
def keys(program, report):
    flood = subprocess.Popen([sys.executable, str(HERE / "flood.py"), "100000"], stdout=subprocess.PIPE, text=True)
    try:
        url = flood.stdout.readline().strip()
        with Screen([program, "watch", url], columns=160, rows=48) as screen:
            screen.read_for(2)
            screen.press(b"2")
            screen.read_for(1)
            times = sorted(screen.key_latencies(200))
    finally:
        flood.kill()
        flood.wait()
    report.row("key → screen, p99, at 100k log lines/s", times[len(times) * 99 // 100] * 1000, "ms", 16)
    report.note(f"p50 {times[len(times) // 2] * 1000:.2f} ms; includes waiting for the frame")


@row
def inside(program, report):
    """Rows that are measured inside a process: frames, ingest, memory, filters."""
    inner = Path(program).parent / "fntop-bench"
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus.log"
        result = subprocess.run([str(inner), str(corpus)], capture_output=True, text=True)
        if result.returncode != 0:
            raise SystemExit(f"fntop-bench failed:\n{result.stdout}{result.stderr}")
        values = dict(line.rsplit(" ", 1) for line in result.stdout.splitlines())
        number = {name: float(value) for name, value in values.items()}
        report.row("frame 200x60, all cells changed", number["frame-all"], "ms", 2)
        report.row("frame 200x60, 10 cells changed", number["frame-few"], "ms", 0.3)
        report.row("log ingest from memory", number["ingest"] / 1e6, "M lines/s", 1, is_least=True)
        report.row("log memory ÷ raw bytes", number["memory-ratio"], "×", 1.5)
        report.row("substring filter, one core", number["filter"], "GB/s", 2, is_least=True)
        report.row("substring filter, first results", number["filter-first"], "ms", 50)
        compare_searchers(corpus, report)


@row
def insights(program, report):
    """Reading and asking a log of a million events, inside a process."""
    inner = str(Path(program).parent / "fntop-bench")
    result = subprocess.run([inner, "insights"], capture_output=True, text=True)
    if result.returncode != 0:
        raise SystemExit(f"fntop-bench failed:\n{result.stdout}{result.stderr}")
    number = {name: float(value) for name, value in (line.rsplit(" ", 1) for line in result.stdout.splitlines())}
    report.row("FilterLogEvents with a JSON pattern over 1 M events", number["filter-log-events"], "ms", 1000)
    report.row("Logs Insights over 1 M events: percentiles of REPORT lines", number["insights-stats"], "ms", 1000)
    report.row("Logs Insights over 1 M events: JSON fields by two of them", number["insights-json"], "ms", 1000)


@row
def states(program, report):
    """The states language inside a process, and expressions beside the reference implementation."""
    inner = str(Path(program).parent / "fntop-bench")
    result = subprocess.run([inner, "states"], capture_output=True, text=True)
    if result.returncode != 0:
        raise SystemExit(f"fntop-bench failed:\n{result.stdout}{result.stderr}")
    number = {name: float(value) for name, value in (line.rsplit(" ", 1) for line in result.stdout.splitlines())}
    report.row("execution of 25 Pass states, JSONPath", number["pass-chain-jsonpath"], "ms", 5)
    report.row("execution of 25 Pass states, JSONata", number["pass-chain-jsonata"], "ms", 5)
    report.row("Pass states in one execution", number["pass-loop"], "/s", 50_000, is_least=True)
    report.row("laying out a graph of 100 states", number["graph-layout"], "ms", 16)
    report.row("drawing it", number["graph-draw"], "ms", 2)
    report.row("events of traces taken in", number["trace-ingest"], "/s", 100_000, is_least=True)
    report.row("list of 10,000 traces", number["trace-list"], "ms", 16)
    report.row("one of them as a tree", number["trace-tree"], "ms", 2)
    report.row("its screen, asked and drawn", number["trace-screen"], "ms", 16)
    report.row("service map of the newest 2,000", number["trace-map"], "ms", 100)
    reference = reference_rates(inner, report)
    for name, rate in number.items():
        if name.startswith("jsonata-"):
            sample = name.removeprefix("jsonata-")
            ratio = f", {rate / reference[sample]:.1f} × the reference on node" if sample in reference else ""
            report.note(f"JSONata {sample}: {rate:,.0f} evaluations/s{ratio}")


def reference_rates(inner, report):
    """Evaluations a second of the reference implementation, by sample; JSONATA is the path of its main file."""
    path = os.environ.get("JSONATA")
    if not path or not shutil.which("node"):
        report.note("JSONATA does not name the reference implementation's main file: no figure beside it")
        return {}
    samples = subprocess.run([inner, "samples"], capture_output=True, text=True, check=True).stdout
    script = Path(__file__).with_name("reference.js")
    result = subprocess.run(["node", str(script), path], input=samples, capture_output=True, text=True, check=True)
    return {name: float(rate) for name, rate in (line.rsplit(" ", 1) for line in result.stdout.splitlines())}


@row
def executions(program, report):
    """Whole executions over real functions, and reading a long history."""
    with Endpoint(program) as endpoint:
        deploy_python(endpoint, "item", "def handler(event, context):\n    return {'seen': event}\n")
        arn = "arn:aws:lambda:us-east-1:000000000000:function:item"
        call = {"Type": "Task", "Resource": arn, "End": True}
        mixed = {
            "StartAt": "Begin",
            "States": {
                "Begin": {"Type": "Pass", "Result": {"items": [1, 2, 3, 4], "big": True}, "Next": "IsBig"},
                "IsBig": {
                    "Type": "Choice", "Default": "Both",
                    "Choices": [{"Variable": "$.big", "BooleanEquals": True, "Next": "Each"}],
                },
                "Each": {
                    "Type": "Map", "ItemsPath": "$.items", "Next": "Both",
                    "ItemProcessor": {"StartAt": "Item", "States": {"Item": call}},
                },
                "Both": {
                    "Type": "Parallel", "End": True,
                    "Branches": [{"StartAt": f"B{n}", "States": {f"B{n}": {"Type": "Pass", "End": True}}} for n in (1, 2)],
                },
            },
        }
        machine = create_machine(endpoint, "mixed", mixed)
        run_executions(endpoint, machine, 4)
        before = endpoint.resident_mib()
        elapsed = run_executions(endpoint, machine, 100)
        report.row("100 executions of Pass, Choice, Map of Lambda, Parallel at once", elapsed, "s", 2)
        again = run_executions(endpoint, machine, 100)
        grown = endpoint.resident_mib() - before
        report.note(f"the same 100 once more: {again:.2f} s; memory grew by {grown:.1f} MiB over the 200")
        ten = {
            "StartAt": "S0",
            "States": {
                f"S{n}": {**({"Type": "Task", "Resource": arn} if n % 3 == 1 else {"Type": "Pass"}),
                          **({"Next": f"S{n + 1}"} if n < 9 else {"End": True})}
                for n in range(10)
            },
        }
        machine = create_machine(endpoint, "ten", ten)
        with Screen([program, "watch", endpoint.url]) as screen:
            screen.read_for(2)
            screen.press(b"3")
            screen.read_for(1)
            # A process of its own, so that it does not hold up the one that takes the times.
            work = multiprocessing.get_context("fork").Process(target=run_executions, args=(endpoint, machine, 1000))
            began, times = time.monotonic(), []
            work.start()
            while work.is_alive():
                times.append(screen.open_and_close_help())
            elapsed = time.monotonic() - began
            if work.exitcode != 0:
                raise SystemExit("the executions did not end well")
        times.sort()
        report.row(
            "key → screen, p99, while 1,000 executions of 10 states run", times[len(times) * 99 // 100] * 1000, "ms", 16,
            note=f"{len(times)} keys in {elapsed:.2f} s; 3 of the states are functions")
        check_histories(endpoint, machine, 1000)
        never = {"Variable": "$.never", "IsPresent": True, "Next": "End"}
        loop = {
            "StartAt": "A",
            "States": {
                "A": {"Type": "Pass", "Next": "B"},
                "B": {"Type": "Choice", "Choices": [never], "Default": "A"},
                "End": {"Type": "Succeed"},
            },
        }
        long = start_execution(endpoint, create_machine(endpoint, "long", loop))
        wait_for(endpoint, [long])
        began, events, token = time.monotonic(), 0, None
        while True:
            more = {"nextToken": token} if token else {}
            page = endpoint.states("GetExecutionHistory", {"executionArn": long, "maxResults": 1000, **more})
            events += len(page["events"])
            token = page.get("nextToken")
            if not token:
                break
        report.row("reading a history of 25,000 events", (time.monotonic() - began) * 1000, "ms", 1000, note=f"{events} events")


def check_histories(endpoint, machine, count):
    """All executions of the machine of ten states have whole histories; ends the program when one has not."""
    executions, token = [], None
    while token or not executions:
        more = {"nextToken": token} if token else {}
        page = endpoint.states("ListExecutions", {"stateMachineArn": machine, "maxResults": 1000, **more})
        executions += page["executions"]
        token = page.get("nextToken")
    whole = 0
    for execution in executions:
        events = endpoint.states(
            "GetExecutionHistory", {"executionArn": execution["executionArn"], "maxResults": 1000})["events"]
        kinds = Counter(event["type"] for event in events)
        entered, exited = (
            [event[f"state{what}EventDetails"]["name"] for event in events if event["type"].endswith(f"State{what}")]
            for what in ("Entered", "Exited")
        )
        called = [kinds[f"LambdaFunction{what}"] for what in ("Scheduled", "Started", "Succeeded")]
        order = [f"S{n}" for n in range(10)]
        whole += (
            [event["id"] for event in events] == list(range(1, len(events) + 1)) and entered == exited == order
            and called == [3, 3, 3] and (events[0]["type"], events[-1]["type"]) == ("ExecutionStarted", "ExecutionSucceeded")
        )
    if (len(executions), whole) != (count, count):
        raise SystemExit(f"of {count} executions {len(executions)} are listed, and {whole} have whole histories")


def create_machine(endpoint, name, definition):
    role = "arn:aws:iam::000000000000:role/none"
    answer = endpoint.states(
        "CreateStateMachine", {"name": name, "definition": json.dumps(definition), "roleArn": role})
    return answer["stateMachineArn"]


def start_execution(endpoint, machine):
    return endpoint.states("StartExecution", {"stateMachineArn": machine, "input": "{}"})["executionArn"]


def run_executions(endpoint, machine, count):
    """Seconds until so many executions, started one after the other, have all ended well."""
    began = time.monotonic()
    wait_for(endpoint, [start_execution(endpoint, machine) for _ in range(count)], "SUCCEEDED")
    return time.monotonic() - began


def wait_for(endpoint, executions, status=None):
    for execution in executions:
        while True:
            answer = endpoint.states("DescribeExecution", {"executionArn": execution})
            if answer["status"] != "RUNNING":
                break
            time.sleep(0.005)
        if status and answer["status"] != status:
            raise SystemExit(f"an execution ended with {answer}")


def compare_searchers(corpus, report):
    for name, command in {
        "ripgrep": ["rg", "-j1", "-c", "-F", "-i", "card 4242 declined"],
        "lnav": ["lnav", "-n", "-c", ":filter-in card 4242 declined"],
    }.items():
        if not shutil.which(command[0]):
            report.note(f"{name} is not installed: no figure beside it")
            continue
        times = []
        for _ in range(3):
            began = time.monotonic()
            subprocess.run([*command, str(corpus)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            times.append(time.monotonic() - began)
        speed = corpus.stat().st_size / min(times) / 1e9
        report.note(f"{name} on the same lines, from a file in the page cache, case ignored: {speed:.2f} GB/s")


@row
def invoke(program, report):
    with Endpoint(program) as endpoint, Load() as load:
        deploy_noop(endpoint, load.compiled("noop"))
        native = request_file(endpoint, "POST", "/2015-03-31/functions/noop/invocations", b"{}")
        load.run(endpoint, native, clients=1, seconds=2)
        rate, p50, p99 = load.run(endpoint, native, clients=1, seconds=5)
        report.row("warm invocation p50, native no-op", p50 / 1000, "ms", 0.5, note=f"p99 {p99 / 1000:.2f} ms")
        load.run(endpoint, native, clients=8, seconds=2)
        rate, p50, p99 = load.run(endpoint, native, clients=8, seconds=5)
        report.row("warm invocations, 8 clients, native no-op", rate, "/s", 4000, is_least=True, note=f"p99 {p99 / 1000:.2f} ms")
        deploy_python(endpoint, "py", "def handler(event, context):\n    return {}\n")
        python = request_file(endpoint, "POST", "/2015-03-31/functions/py/invocations", b"{}")
        load.run(endpoint, python, clients=1, seconds=2)
        rate, p50, p99 = load.run(endpoint, python, clients=1, seconds=5)
        report.row("warm invocation p50, Python no-op", p50 / 1000, "ms", 1.2, note=f"p99 {p99 / 1000:.2f} ms")


@row
def cold(program, report):
    floor, starts = [], []
    with Endpoint(program) as endpoint:
        deploy_python(endpoint, "which", "import sys\ndef handler(event, context):\n    return sys.executable\n")
        interpreter = json.loads(endpoint.invoke("which"))
        for number in range(20):
            began = time.monotonic()
            subprocess.run([interpreter, "-c", "pass"])
            floor.append(time.monotonic() - began)
            deploy_python(endpoint, f"cold{number}", "def handler(event, context):\n    return {}\n")
            began = time.monotonic()
            endpoint.invoke(f"cold{number}")
            starts.append(time.monotonic() - began)
    ratio = statistics.median(starts) / statistics.median(floor)
    note = f"{statistics.median(starts) * 1000:.0f} ms against {statistics.median(floor) * 1000:.0f} ms"
    report.row("cold start, Python no-op ÷ interpreter's own start", ratio, "×", 1.3, note=note)


@row
def pipes(program, report):
    code = (
        "import os\n"
        "line = b'12:04:31 INFO order o-1842 of user u-17 was recorded with 3 items for 99.50 EUR ok\\n'\n"
        "def handler(event, context):\n"
        "    for _ in range(1000):\n"
        "        os.write(1, line * 400)\n"
        "    return {}\n"
    )
    with Endpoint(program) as endpoint:
        deploy_python(endpoint, "flood", code, timeout=60)
        endpoint.invoke("flood")
        began = time.monotonic()
        endpoint.invoke("flood")
        # The answer comes when all that was said before is in the store.
        health = endpoint.get("/_fntop/health")
        elapsed = time.monotonic() - began
    if health["logLines"] < 800_000 or health["lost"]:
        report.note(f"lines are missing: {health}")
    report.row("log lines through a function's pipe", 400_000 / elapsed, "/s", 100_000, is_least=True)
    line = len("12:04:31 INFO order o-1842 of user u-17 was recorded with 3 items for 99.50 EUR ok\n")
    report.row("log memory after that ÷ raw bytes", health["logBytes"] / (800_000 * line), "×", 1.5)


@row
def apis(program, report):
    """A call through an API down to a no-op function, beside the same function invoked directly."""
    with Endpoint(program) as endpoint, Load() as load:
        deploy_python(endpoint, "answer", "def handler(event, context):\n    return {'statusCode': 200, 'body': 'ok'}\n")
        function = "arn:aws:lambda:us-east-1:000000000000:function:answer"
        invocation = request_file(endpoint, "POST", "/2015-03-31/functions/answer/invocations", b"{}")
        _, direct, _ = warm(load, endpoint, invocation)
        for kind, path in (("HTTP", http_api(endpoint, function)), ("REST", rest_api(endpoint, function))):
            _, p50, p99 = warm(load, endpoint, request_file(endpoint, "GET", path, b""))
            note = f"p99 {p99 / 1000:.2f} ms; invoked directly {direct / 1000:.2f} ms"
            report.row(f"call through a {kind} API, p50, Python no-op", p50 / 1000, "ms", 2, note=note)


def warm(load, endpoint, request):
    load.run(endpoint, request, clients=1, seconds=1)
    return load.run(endpoint, request, clients=1, seconds=4)


def http_api(endpoint, function):
    """The path that calls the function through an HTTP API."""
    def post(path, body):
        return json.loads(endpoint.request("POST", path, json.dumps(body).encode(), {"Content-Type": "application/json"}))

    api = post("/v2/apis", {"name": "bench", "protocolType": "HTTP"})["apiId"]
    integration = post(f"/v2/apis/{api}/integrations", {
        "integrationType": "AWS_PROXY", "integrationUri": function, "payloadFormatVersion": "2.0"})["integrationId"]
    post(f"/v2/apis/{api}/routes", {"routeKey": "GET /call", "target": f"integrations/{integration}"})
    post(f"/v2/apis/{api}/stages", {"stageName": "$default", "autoDeploy": True})
    return f"/_aws/execute-api/{api}/$default/call"


def rest_api(endpoint, function):
    """The path that calls the function through a REST API."""
    def send(method, path, body):
        return json.loads(endpoint.request(method, path, json.dumps(body).encode(), {"Content-Type": "application/json"}))

    api = send("POST", "/restapis", {"name": "bench"})
    resource = send("POST", f"/restapis/{api['id']}/resources/{api['rootResourceId']}", {"pathPart": "call"})["id"]
    method = f"/restapis/{api['id']}/resources/{resource}/methods/GET"
    send("PUT", method, {"authorizationType": "NONE"})
    uri = f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{function}/invocations"
    send("PUT", f"{method}/integration", {"type": "AWS_PROXY", "httpMethod": "POST", "uri": uri})
    send("POST", f"/restapis/{api['id']}/deployments", {"stageName": "prod"})
    return f"/_aws/execute-api/{api['id']}/prod/call"


@row
def dynamodb(program, report):
    with Endpoint(program) as endpoint, Load() as load:
        endpoint.dynamodb("CreateTable", {
            "TableName": "bench", "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [
                {"AttributeName": "id", "AttributeType": "S"}, {"AttributeName": "line", "AttributeType": "N"}],
            "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}, {"AttributeName": "line", "KeyType": "RANGE"}],
        })
        key = {"id": {"S": "o-1842"}, "line": {"N": "1"}}
        item = {**key, "amount": {"N": "99.5"}, "state": {"S": "NEW"}, "items": {"L": [{"S": "a"}]}}
        for line in range(1, 11):
            endpoint.dynamodb("PutItem", {"TableName": "bench", "Item": {**item, "line": {"N": str(line)}}})
        bodies = {
            "PutItem": {"TableName": "bench", "Item": item},
            "GetItem": {"TableName": "bench", "Key": key},
            "UpdateItem": {
                "TableName": "bench", "Key": key, "UpdateExpression": "SET amount = amount + :one",
                "ExpressionAttributeValues": {":one": {"N": "1"}},
            },
            "Query": {
                "TableName": "bench", "KeyConditionExpression": "id = :id",
                "ExpressionAttributeValues": {":id": {"S": "o-1842"}},
            },
        }
        medians = {}
        for operation, body in bodies.items():
            request = request_file(
                endpoint, "POST", "/", json.dumps(body).encode(),
                {"X-Amz-Target": f"DynamoDB_20120810.{operation}", "Content-Type": "application/x-amz-json-1.0"},
            )
            load.run(endpoint, request, clients=1, seconds=1)
            for clients, budget in ((1, 8000), (8, 12000)):
                rate, p50, p99 = load.run(endpoint, request, clients=clients, seconds=4)
                note = f"p50 {p50:.0f} µs, p99 {p99:.0f} µs"
                name = f"DynamoDB {operation}, {clients} client{'s' if clients > 1 else ''}"
                if operation in ("PutItem", "GetItem"):
                    report.row(name, rate, "/s", budget, is_least=True, note=note)
                else:
                    report.note(f"{name}: {rate:,.0f}/s, {note}")
                medians.setdefault(operation, p50)
        report.row("DynamoDB Query of 10 items ÷ GetItem, p50, 1 client", medians["Query"] / medians["GetItem"], "×", 2)


@row
def memory(program, report):
    with Screen([program, "demo"]) as screen:
        screen.read_for(60)
        resident = screen.resident_mib()
    report.row("resident memory, dashboard + runtime, demo, 60 s", resident, "MiB", 60)


def main():
    program = os.path.abspath(sys.argv[1])
    chosen = [function for function in ROWS if not sys.argv[2:] or function.__name__ in sys.argv[2:]]
    report = Report()
    print(f"{len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.1f} at the start")
    for function in chosen:
        function(program, report)
    print("every row is within its budget" if report.over == 0 else f"{report.over} rows are over their budgets")


if __name__ == "__main__":
    main()
