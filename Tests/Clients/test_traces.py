"""Traces without instrumentation: functions that know nothing of tracing leave one trace over every hop."""

import json
import urllib.request
from datetime import datetime, timedelta, timezone

import boto3
import pytest
from apis import call
from conftest import ROLE, deploy, eventually, unique

FRONT = """
import json, os
import boto3

def handler(event, context):
    region = {"region_name": "us-east-1"}
    boto3.client("dynamodb", **region).put_item(
        TableName=os.environ["TABLE"], Item={"id": {"S": "o-1"}})
    boto3.client("lambda", **region).invoke(FunctionName=os.environ["INNER"], Payload=b"{}")
    boto3.client("lambda", **region).invoke(
        FunctionName=os.environ["LATER"], InvocationType="Event", Payload=b"{}")
    started = boto3.client("stepfunctions", **region).start_execution(stateMachineArn=os.environ["MACHINE"], input="{}")
    return {"statusCode": 200, "body": json.dumps({"execution": started["executionArn"]})}
"""
PLAIN = "def handler(event, context):\n    return {'ok': True}\n"
# The packages that these tests run with are the functions' as well.
LIBRARIES = {"PYTHONPATH": boto3.__path__[0].rsplit("/", 1)[0]}


def definition(function):
    return json.dumps({
        "StartAt": "Charge",
        "States": {
            "Charge": {"Type": "Task", "Resource": f"arn:aws:lambda:us-east-1:000000000000:function:{function}",
                       "Next": "Look"},
            "Look": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
                     "Parameters": {"FunctionName": function, "Payload": {}}, "End": True},
        },
    })


class Application:
    def __init__(self, endpoint):
        self.endpoint = endpoint
        self.table, self.machine = unique("Orders"), unique("flow")
        endpoint.client("dynamodb").create_table(
            TableName=self.table, BillingMode="PAY_PER_REQUEST",
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}])
        self.inner, self.later, self.charge = (deploy(endpoint, PLAIN) for _ in range(3))
        machine = endpoint.client("stepfunctions").create_state_machine(
            name=self.machine, definition=definition(self.charge), roleArn=ROLE)["stateMachineArn"]
        variables = {"TABLE": self.table, "INNER": self.inner, "LATER": self.later, "MACHINE": machine, **LIBRARIES}
        self.front = deploy(endpoint, FRONT, timeout=30, Environment={"Variables": variables})
        api = endpoint.client("apigatewayv2").create_api(Name=unique("api"), ProtocolType="HTTP")
        self.api = api["ApiId"]
        client = endpoint.client("apigatewayv2")
        integration = client.create_integration(
            ApiId=self.api, IntegrationType="AWS_PROXY", PayloadFormatVersion="2.0",
            IntegrationUri=f"arn:aws:lambda:us-east-1:000000000000:function:{self.front}")["IntegrationId"]
        client.create_route(ApiId=self.api, RouteKey="POST /order", Target=f"integrations/{integration}")
        client.create_stage(ApiId=self.api, StageName="$default", AutoDeploy=True)

    def order(self):
        """Gives the trace's id, from the answer's execution."""
        request = urllib.request.Request(
            f"{self.endpoint.url}/_aws/execute-api/{self.api}/order", data=b"{}", method="POST")
        with urllib.request.urlopen(request, timeout=60) as answer:
            arn = json.loads(answer.read())["execution"]
        states = self.endpoint.client("stepfunctions")
        eventually(lambda: states.describe_execution(executionArn=arn)["status"] == "SUCCEEDED", "the execution")
        rows = self.list("--search", self.front)
        return rows[0]["id"]

    def list(self, *words):
        done = self.endpoint.fntop("traces", "list", "--json", *words)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    def show(self, trace):
        done = self.endpoint.fntop("traces", "show", "--json", trace)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def application(endpoint):
    return Application(endpoint)


@pytest.fixture(scope="module")
def trace(application):
    found = application.order()

    def is_whole():
        spans = application.show(found)
        return {application.later, application.charge} <= {span["name"] for span in spans} and all(
            "durationMilliseconds" in span for span in spans)

    eventually(is_whole, "the asynchronous invocation and the workflow")
    return found


def path(spans, span):
    """The names from the first span to this one."""
    by_id = {other["id"]: other for other in spans}
    names = []
    while span:
        names.insert(0, span["name"])
        span = by_id.get(span.get("parent"))
    return names


def test_one_trace_covers_every_hop(application, trace):
    spans = application.show(trace)
    paths = {tuple(path(spans, span)[1:]) for span in spans}
    front = application.front
    assert {
        (front,), (front, "dynamodb PutItem"), (front, "lambda Invoke", application.inner),
        (front, "lambda Invoke", application.later),
        (front, "states StartExecution", application.machine, "Charge", application.charge),
        (front, "states StartExecution", application.machine, "Look", application.charge),
    } <= paths
    assert spans[0]["kind"] == "api" and "parent" not in spans[0]
    assert len([span for span in spans if "parent" not in span]) == 1


def test_times_nest(application, trace):
    spans = application.show(trace)
    by_id = {span["id"]: span for span in spans}
    for span in spans:
        parent = by_id.get(span.get("parent"))
        if not parent:
            continue
        assert span["start"] >= parent["start"], (span["name"], parent["name"])
        if not span["asynchronous"]:
            end = span["start"] + span["durationMilliseconds"] / 1000
            limit = parent["start"] + parent["durationMilliseconds"] / 1000
            assert end <= limit + 0.001, (span["name"], parent["name"])


def test_a_cold_start_is_told_apart(application, trace):
    front = next(span for span in application.show(trace) if span["name"] == application.front)
    kinds = [part["kind"] for part in front["parts"]]
    assert "cold start" in kinds and "handler" in kinds


def test_xray_gives_the_same_trace(application, trace):
    answer = application.endpoint.aws("xray", "batch-get-traces", "--trace-ids", trace)
    assert answer["UnprocessedTraceIds"] == []
    segments = [json.loads(segment["Document"]) for segment in answer["Traces"][0]["Segments"]]
    names = [segment["name"] for segment in segments]
    for name in (application.front, application.inner, application.later, application.machine, application.charge):
        assert name in names

    def check(part, start, end):
        assert start <= part["start_time"] and part["end_time"] <= end + 0.001, part
        for inner in part.get("subsegments", []):
            check(inner, part["start_time"], part["end_time"])

    ids = set()
    for segment in segments:
        assert segment["trace_id"] == trace

        def collect(part):
            ids.add(part["id"])
            for inner in part.get("subsegments", []):
                collect(inner)

        collect(segment)
    for segment in segments:
        assert segment.get("parent_id") is None or segment["parent_id"] in ids
        for inner in segment.get("subsegments", []):
            check(inner, segment["start_time"], segment["end_time"])
    front = next(segment for segment in segments if segment["name"] == application.front)
    calls = {part["name"]: part for part in front["subsegments"]}
    assert {"DynamoDB", "Lambda", "STEPFUNCTIONS", "Initialization", "Invocation"} <= set(calls)
    assert calls["DynamoDB"]["aws"] == {"operation": "PutItem", "table_name": application.table}


@pytest.fixture(scope="module")
def rest(application):
    """The order system behind a REST API, built call by call."""
    client = application.endpoint.client("apigateway")
    name = unique("rest")
    api = client.create_rest_api(name=name)["id"]
    root = client.get_resources(restApiId=api)["items"][0]["id"]
    resource = client.create_resource(restApiId=api, parentId=root, pathPart="orders")["id"]
    method = {"restApiId": api, "resourceId": resource, "httpMethod": "POST"}
    client.put_method(**method, authorizationType="NONE")
    arn = f"arn:aws:lambda:us-east-1:000000000000:function:{application.front}"
    client.put_integration(
        **method, type="AWS_PROXY", integrationHttpMethod="POST",
        uri=f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{arn}/invocations")
    client.put_method_response(**method, statusCode="200", responseModels={"application/json": "Empty"})
    client.create_deployment(restApiId=api, stageName="prod")
    return name, api


def test_an_order_through_a_rest_api_is_one_trace(application, rest):
    name, api = rest
    answer, body = call(application.endpoint, api, "POST", "/prod/orders?from=web", {"n": 1})
    assert answer.status == 200
    trace = answer.getheader("X-Amzn-Trace-Id").split(";")[0].removeprefix("Root=")
    states = application.endpoint.client("stepfunctions")
    eventually(
        lambda: states.describe_execution(executionArn=body["execution"])["status"] == "SUCCEEDED", "the execution")
    xray = application.endpoint.client("xray")
    now = datetime.now(timezone.utc)
    window = {"StartTime": now - timedelta(minutes=5), "EndTime": now + timedelta(minutes=1)}

    def summary():
        pages = xray.get_paginator("get_trace_summaries").paginate(**window)
        found = next(row for page in pages for row in page["TraceSummaries"] if row["Id"] == trace)
        return None if found["IsPartial"] else found

    row = eventually(summary, "the end of all that it caused")
    service = f"{name}/prod"
    url = f"http://{api}.execute-api.localhost:{application.endpoint.port}/prod/orders?from=web"
    assert row["EntryPoint"]["Name"] == service and row["Http"]["HttpURL"] == url
    assert {service, application.front, application.table, application.inner, application.later, application.machine,
            application.charge} == {found["Name"] for found in row["ServiceIds"]}
    whole = xray.batch_get_traces(TraceIds=[trace])["Traces"][0]
    assert whole["Duration"] == row["Duration"] >= row["ResponseTime"]
    segments = {part["name"]: part for part in (json.loads(found["Document"]) for found in whole["Segments"])}
    gateway = segments[service]
    assert gateway["origin"] == "AWS::ApiGateway::Stage"
    assert gateway["http"] == {
        "request": {"method": "POST", "url": url, "client_ip": "127.0.0.1"},
        "response": {"status": 200, "content_length": len(json.dumps(body))}}
    assert gateway["annotations"] == {"aws:api_id": api, "aws:api_stage": "prod"}
    told = gateway["aws"]["api_gateway"]
    assert (told["account_id"], told["rest_api_id"], told["stage"]) == ("000000000000", api, "prod")
    assert segments[application.front]["parent_id"] == gateway["id"]
    services = {found["ReferenceId"]: found for found in xray.get_service_graph(**window)["Services"]}
    edges = {(found["Name"], services[edge["ReferenceId"]]["Name"])
             for found in services.values() for edge in found["Edges"]}
    assert {(service, application.front), (application.front, application.table),
            (application.front, application.later), (application.machine, application.charge)} <= edges


def test_an_invocation_from_outside_begins_a_trace(application):
    application.endpoint.client("lambda").invoke(FunctionName=application.inner, Payload=b"{}")
    rows = [row for row in application.list("--search", application.inner) if row["kind"] == "function"]
    assert rows and rows[0]["name"] == application.inner and rows[0]["spans"] == 1


def test_a_callers_trace_goes_on(application):
    client = application.endpoint.client("lambda")
    root = "1-67891233-abcdef012345678912345678"
    client.meta.events.register(
        "before-sign.lambda.Invoke",
        lambda request, **_: request.headers.add_header(
            "X-Amzn-Trace-Id", f"Root={root};Parent=00000000000000aa;Sampled=1"))
    client.invoke(FunctionName=application.inner, Payload=b"{}")
    spans = application.show(root)
    assert [span["name"] for span in spans] == ["lambda Invoke", application.inner]
    assert spans[1]["parent"] == spans[0]["id"]


def test_the_map_has_every_edge(application, trace):
    done = application.endpoint.fntop("traces", "map", "--json")
    edges = {(edge["from"], edge["to"]) for edge in map(json.loads, done.stdout.splitlines())}
    front = application.front
    assert {(front, application.table), (front, application.inner), (front, application.machine),
            (application.machine, application.charge)} <= edges


def test_apis_are_listed(application, trace):
    done = application.endpoint.fntop("apis", "requests", "--json", "--search", "/order")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert any(row["traceId"] == trace and row["status"] == 200 for row in rows)
    assert "POST /order" in application.endpoint.fntop("apis").stdout.decode()


@pytest.mark.parametrize("screen", ["apis", "traces"])
def test_screens_show_it(application, trace, screen):
    text = application.endpoint.fntop("snapshot", screen, "--size", "160x48").stdout.decode()
    assert "/order" in text


def test_the_trace_has_a_screen(application, trace):
    text = application.endpoint.fntop("snapshot", f"trace/{trace}", "--size", "160x48").stdout.decode()
    assert "dynamodb PutItem" in text and application.charge in text
    missing = application.endpoint.fntop("traces", "show", "1-00000000-000000000000000000000000")
    assert missing.returncode == 1 and b"There is no trace" in missing.stderr
