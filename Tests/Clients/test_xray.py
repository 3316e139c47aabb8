"""X-Ray through boto3: each operation, and segments of programs that measure themselves."""

import json
import socket
import time
from datetime import datetime, timezone

import botocore
import pytest
from conftest import deploy, eventually, unique


def new_trace():
    return f"1-{int(time.time()):08x}-{unique('x')[2:]}{int(time.time() * 1e6) % 16**16:016x}"


def new_segment(trace, **more):
    now = time.time()
    return {"id": f"{time.time_ns() % 16**16:016x}", "trace_id": trace, "name": "checkout", "start_time": now - 0.5,
            "end_time": now, **more}


@pytest.fixture(scope="module")
def xray(endpoint):
    return endpoint.client("xray")


def put(xray, *segments):
    return xray.put_trace_segments(TraceSegmentDocuments=[json.dumps(segment) for segment in segments])


def span():
    now = time.time()
    return {"StartTime": datetime.fromtimestamp(now - 600, timezone.utc),
            "EndTime": datetime.fromtimestamp(now + 60, timezone.utc)}


def summaries(xray, filter=None, **more):
    if filter:
        more["FilterExpression"] = filter
    pages = xray.get_paginator("get_trace_summaries").paginate(**span(), **more)
    return {summary["Id"]: summary for page in pages for summary in page["TraceSummaries"]}


def test_segments_come_back_as_they_were(xray):
    trace = new_trace()
    inner = {"id": "00000000000000ab", "name": "db", "start_time": time.time() - 0.4, "end_time": time.time() - 0.3,
             "namespace": "remote"}
    segment = new_segment(trace, annotations={"tier": "gold", "tries": 2}, subsegments=[inner],
                          http={"request": {"method": "GET", "url": "http://shop/cart"}, "response": {"status": 503}},
                          fault=True)
    assert put(xray, segment)["UnprocessedTraceSegments"] == []
    answer = xray.batch_get_traces(TraceIds=[trace, new_trace()])
    assert [found["Id"] for found in answer["Traces"]] == [trace]
    document = json.loads(answer["Traces"][0]["Segments"][0]["Document"])
    assert document["annotations"] == {"tier": "gold", "tries": 2}
    assert document["subsegments"][0]["name"] == "db"
    summary = summaries(xray)[trace]
    assert summary["HasFault"] and summary["Http"]["HttpStatus"] == 503
    assert summary["Annotations"]["tier"][0]["AnnotationValue"]["StringValue"] == "gold"
    for filter, is_there in [
        ('annotation.tier = "gold"', True), ("annotation.tries > 2", False), ("fault AND responsetime > 0.4", True),
        ('service("checkout")', True), ("http.status = 503", True), ("ok", False), ("duration < 0.1", False),
    ]:
        assert (trace in summaries(xray, filter)) == is_there, filter


def test_a_subsegment_joins_the_function_that_sent_it(endpoint, xray):
    function = deploy(endpoint, """
import json, os, socket, time
def handler(event, context):
    fields = dict(part.split("=", 1) for part in os.environ["_X_AMZN_TRACE_ID"].split(";"))
    now = time.time()
    part = {"id": "00000000000000cd", "trace_id": fields["Root"], "parent_id": fields["Parent"], "type": "subsegment",
            "name": "price", "start_time": now, "end_time": now + 0.001}
    host, port = os.environ["AWS_XRAY_DAEMON_ADDRESS"].split(":")
    text = '{"format": "json", "version": 1}\\n' + json.dumps(part)
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(text.encode(), (host, int(port)))
    return fields["Root"]
""")
    answer = endpoint.client("lambda").invoke(FunctionName=function, Payload=b"{}")
    trace = json.loads(answer["Payload"].read())

    def found():
        segments = xray.batch_get_traces(TraceIds=[trace])["Traces"][0]["Segments"]
        parts = [part["name"] for segment in segments
                 for part in json.loads(segment["Document"]).get("subsegments", [])]
        return "price" in parts

    eventually(found, "the subsegment that went by UDP")


def test_datagrams_that_make_no_sense_do_no_harm(endpoint, xray):
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    for data in (b"", b"x", b"\n\n\n", b'{"format": "json"}\n[', b"\xff" * 1000, b'{"format": "json", "version": 1}\n{}'):
        sender.sendto(data, ("127.0.0.1", endpoint.port))
    assert put(xray, new_segment(new_trace()))["UnprocessedTraceSegments"] == []


def test_what_is_no_segment_is_said(xray):
    answer = xray.put_trace_segments(TraceSegmentDocuments=["{}", "[", '{"id": "0123456789abcdef"}'])
    assert [refused["ErrorCode"] for refused in answer["UnprocessedTraceSegments"]] == [
        "MissingId", "ParseError", "MissingTraceId"]
    assert answer["UnprocessedTraceSegments"][2]["Id"] == "0123456789abcdef"


def test_summaries_come_in_pages(xray):
    traces = [new_trace() for _ in range(130)]
    for first in range(0, 130, 50):
        put(xray, *[new_segment(trace, name="paged") for trace in traces[first:first + 50]])
    page = xray.get_trace_summaries(**span(), FilterExpression='service("paged")')
    assert len(page["TraceSummaries"]) == 100 and page["NextToken"]
    assert set(traces) <= set(summaries(xray, 'service("paged")'))


@pytest.mark.parametrize("filter, reason", [
    ('edge("a", "b")', "does not support edge"), ("responsetime >", "compared with a number"), ("(ok", "not closed"),
])
def test_filters_that_are_not_served_are_refused_by_name(xray, filter, reason):
    with pytest.raises(botocore.exceptions.ClientError) as refused:
        xray.get_trace_summaries(**span(), FilterExpression=filter)
    assert refused.value.response["Error"]["Code"] == "InvalidRequestException"
    assert reason in str(refused.value)


def test_the_graph_has_services_and_edges(endpoint, xray):
    function = deploy(endpoint, "def handler(event, context):\n    return 1\n")
    endpoint.client("lambda").invoke(FunctionName=function, Payload=b"{}")
    services = xray.get_service_graph(**span())["Services"]
    found = next(service for service in services if service["Name"] == function)
    assert found["Type"] == "AWS::Lambda::Function" and found["SummaryStatistics"]["OkCount"] == 1
    client = next(service for service in services if service["Type"] == "client")
    assert found["ReferenceId"] in [edge["ReferenceId"] for edge in client["Edges"]]
    trace = next(iter(summaries(xray, f'service("{function}")')))
    assert function in [service["Name"] for service in xray.get_trace_graph(TraceIds=[trace])["Services"]]


def test_sampling_and_groups_have_their_defaults(xray):
    rules = xray.get_sampling_rules()["SamplingRuleRecords"]
    assert [record["SamplingRule"]["RuleName"] for record in rules] == ["Default"]
    document = {"ClientID": "0" * 24, "Timestamp": time.time(), "RequestCount": 1, "SampledCount": 1}
    answer = xray.get_sampling_targets(SamplingStatisticsDocuments=[
        {"RuleName": "Default", **document}, {"RuleName": "Other", **document}])
    assert [target["RuleName"] for target in answer["SamplingTargetDocuments"]] == ["Default"]
    assert [refused["RuleName"] for refused in answer["UnprocessedStatistics"]] == ["Other"]
    assert [group["GroupName"] for group in xray.get_groups()["Groups"]] == ["Default"]
    assert xray.put_telemetry_records(TelemetryRecords=[{"Timestamp": time.time()}])["ResponseMetadata"]


def test_times_and_ids_that_are_wrong_are_refused(xray):
    now = datetime.now(timezone.utc)
    with pytest.raises(botocore.exceptions.ClientError, match="StartTime must be before EndTime"):
        xray.get_trace_summaries(StartTime=now, EndTime=now)
    with pytest.raises(botocore.exceptions.ClientError, match="Invalid trace id"):
        xray.batch_get_traces(TraceIds=["1-2-3"])
    with pytest.raises(botocore.exceptions.ClientError, match="NotImplemented|does not|501"):
        xray.get_insight_summaries(StartTime=now, EndTime=now)
