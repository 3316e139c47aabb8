"""CloudWatch metrics through boto3 and aws cli."""

import json
from datetime import datetime, timedelta, timezone

import pytest
from botocore.exceptions import ClientError
from conftest import deploy, eventually, unique

CODE = """
def handler(event, context):
    if event.get("fail"):
        raise ValueError("no")
"""


@pytest.fixture(scope="module")
def function(endpoint):
    name = deploy(endpoint, CODE)
    client = endpoint.client("lambda")
    for payload in (b"{}", b"{}", b'{"fail": true}'):
        client.invoke(FunctionName=name, Payload=payload)
    return name


def span():
    now = datetime.now(timezone.utc)
    return {"StartTime": now - timedelta(minutes=10), "EndTime": now + timedelta(minutes=1)}


def metric(function, name):
    return {"Namespace": "AWS/Lambda", "MetricName": name,
            "Dimensions": [{"Name": "FunctionName", "Value": function}]}


def total(endpoint, function, name):
    answer = endpoint.client("cloudwatch").get_metric_statistics(
        **metric(function, name), **span(), Period=60, Statistics=["Sum"])
    return sum(point["Sum"] for point in answer["Datapoints"])


def test_metrics_are_listed(endpoint, function):
    found = endpoint.client("cloudwatch").list_metrics(
        Namespace="AWS/Lambda", Dimensions=[{"Name": "FunctionName", "Value": function}])["Metrics"]
    assert {"Invocations", "Errors", "Duration", "Throttles"} <= {metric["MetricName"] for metric in found}


def test_statistics(endpoint, function):
    eventually(lambda: total(endpoint, function, "Invocations") == 3, "three invocations")
    assert total(endpoint, function, "Errors") == 1
    points = endpoint.client("cloudwatch").get_metric_statistics(
        **metric(function, "Duration"), **span(), Period=3600, Statistics=["Minimum", "Maximum", "SampleCount"],
        ExtendedStatistics=["p99"])["Datapoints"]
    assert sum(point["SampleCount"] for point in points) == 3
    for point in points:
        assert point["Minimum"] <= point["ExtendedStatistics"]["p99"] <= point["Maximum"]


def test_metric_data_comes_in_pages(endpoint, function):
    queries = [
        {"Id": f"q{number}", "MetricStat": {"Metric": metric(function, name), "Period": 60, "Stat": "Sum"}}
        for number, name in enumerate(["Invocations", "Errors"])
    ]
    client = endpoint.client("cloudwatch")
    pages = client.get_paginator("get_metric_data").paginate(
        MetricDataQueries=queries, **span(), PaginationConfig={"PageSize": 1})
    sums = {}
    for page in pages:
        assert sum(len(result["Values"]) for result in page["MetricDataResults"]) <= 1
        for result in page["MetricDataResults"]:
            sums[result["Id"]] = sums.get(result["Id"], 0) + sum(result["Values"])
    assert sums == {"q0": 3, "q1": 1}


def test_the_resource_must_be_the_function(endpoint, function):
    wrong = metric(function, "Invocations")
    wrong["Dimensions"] = [*wrong["Dimensions"], {"Name": "Resource", "Value": "another"}]
    answer = endpoint.client("cloudwatch").get_metric_statistics(**wrong, **span(), Period=60, Statistics=["Sum"])
    assert answer["Datapoints"] == []


def value(endpoint, name, dimensions, statistic="Sum"):
    pairs = [{"Name": key, "Value": text} for key, text in dimensions.items()]
    answer = endpoint.client("cloudwatch").get_metric_data(**span(), MetricDataQueries=[{
        "Id": "m", "MetricStat": {
            "Metric": {"Namespace": "AWS/Lambda", "MetricName": name, "Dimensions": pairs}, "Period": 3600,
            "Stat": statistic}}])
    values = answer["MetricDataResults"][0]["Values"]
    return sum(values) if values else None


def test_versions_and_aliases_have_metrics_of_their_own(endpoint):
    client = endpoint.client("lambda")
    name = deploy(endpoint, CODE)
    version = client.publish_version(FunctionName=name)["Version"]
    client.create_alias(FunctionName=name, Name="live", FunctionVersion=version)
    calls = ((None, b"{}"), ("live", b"{}"), ("live", b'{"fail": true}'), (version, b"{}"))
    for count, (qualifier, payload) in enumerate(calls, 1):
        client.invoke(FunctionName=name, Payload=payload, **({"Qualifier": qualifier} if qualifier else {}))
        # An invocation ends a little after its answer, and would run beside the next one.
        eventually(lambda: value(endpoint, "Invocations", {"FunctionName": name}) == count, f"{count} invocations")
    alias = {"FunctionName": name, "Resource": f"{name}:live"}
    assert value(endpoint, "Invocations", {"FunctionName": name, "Resource": name}) == 1
    assert value(endpoint, "Invocations", {"FunctionName": name, "Resource": f"{name}:{version}"}) == 1
    assert (value(endpoint, "Invocations", alias), value(endpoint, "Errors", alias)) == (2, 1)
    assert value(endpoint, "Errors", {**alias, "ExecutedVersion": version}) == 1
    assert value(endpoint, "Errors", {**alias, "ExecutedVersion": "9"}) is None
    assert value(endpoint, "ConcurrentExecutions", alias, "Maximum") == 1
    found = endpoint.client("cloudwatch").list_metrics(
        Namespace="AWS/Lambda", MetricName="Errors", Dimensions=[{"Name": "FunctionName", "Value": name}])["Metrics"]
    sets = {tuple(sorted((pair["Name"], pair["Value"]) for pair in metric["Dimensions"])) for metric in found}
    assert tuple(sorted({**alias, "ExecutedVersion": version}.items())) in sets and len(sets) == 5


def test_asynchronous_events_are_measured(endpoint):
    client = endpoint.client("lambda")
    name = deploy(endpoint, CODE)
    client.put_function_event_invoke_config(
        FunctionName=name, MaximumRetryAttempts=0,
        DestinationConfig={"OnFailure": {"Destination": "arn:aws:sqs:us-east-1:000000000000:nowhere"}})
    for payload in (b"{}", b'{"fail": true}'):
        client.invoke(FunctionName=name, InvocationType="Event", Payload=payload)
    for dimensions in ({"FunctionName": name}, {"FunctionName": name, "Resource": name}):
        eventually(lambda: value(endpoint, "AsyncEventsDropped", dimensions) == 1, "the event that was dropped")
        eventually(lambda: value(endpoint, "AsyncEventAge", dimensions, "SampleCount") == 2, "two ages")
        assert value(endpoint, "AsyncEventsReceived", dimensions) == 2
        eventually(lambda: value(endpoint, "DestinationDeliveryFailures", dimensions) == 1, "the destination")
    # Where nothing may run, events are received and dropped all the same.
    client.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=0)
    client.invoke(FunctionName=name, InvocationType="Event")
    eventually(lambda: value(endpoint, "AsyncEventsDropped", {"FunctionName": name}) == 2, "one that may not run")
    assert value(endpoint, "AsyncEventsReceived", {"FunctionName": name}) == 3
    with pytest.raises(ClientError):
        client.invoke(FunctionName=name)
    eventually(lambda: value(endpoint, "Throttles", {"FunctionName": name}) == 1, "the throttle")
    assert value(endpoint, "Invocations", {"FunctionName": name}) == 2
    client.delete_function_concurrency(FunctionName=name)


def test_aws_cli(endpoint, function):
    times = {name: time.strftime("%Y-%m-%dT%H:%M:%SZ") for name, time in span().items()}
    answer = endpoint.aws(
        "cloudwatch", "get-metric-statistics", "--namespace", "AWS/Lambda", "--metric-name", "Invocations",
        "--dimensions", f"Name=FunctionName,Value={function}", "--start-time", times["StartTime"],
        "--end-time", times["EndTime"], "--period", "3600", "--statistics", "Sum")
    assert sum(point["Sum"] for point in answer["Datapoints"]) == 3


def data(endpoint, *queries, **more):
    """The values of each query that is returned, newest first."""
    answer = endpoint.client("cloudwatch").get_metric_data(MetricDataQueries=list(queries), **{**span(), **more})
    return {result["Id"]: result["Values"] for result in answer["MetricDataResults"]}


def query(identifier, namespace, name, stat="Sum", period=3600, dimensions=(), **more):
    metric = {"Namespace": namespace, "MetricName": name,
              "Dimensions": [{"Name": key, "Value": value} for key, value in dimensions]}
    return {"Id": identifier, "MetricStat": {"Metric": metric, "Period": period, "Stat": stat}, **more}


def test_custom_metrics_have_all_statistics(endpoint):
    client, namespace = endpoint.client("cloudwatch"), unique("shop")
    moment = datetime.now(timezone.utc).replace(minute=30, second=0, microsecond=0) - timedelta(hours=2)
    client.put_metric_data(Namespace=namespace, MetricData=[
        {"MetricName": "latency", "Unit": "Milliseconds", "Timestamp": moment, "Value": 10},
        {"MetricName": "latency", "Unit": "Milliseconds", "Timestamp": moment, "Values": [20, 30], "Counts": [2, 1]},
        {"MetricName": "sizes", "Timestamp": moment,
         "StatisticValues": {"SampleCount": 4, "Sum": 10, "Minimum": 1, "Maximum": 4}, "StorageResolution": 1},
    ])
    times = {"StartTime": moment - timedelta(minutes=5), "EndTime": moment + timedelta(minutes=5)}
    stats = {"Sum": 80, "Average": 20, "Minimum": 10, "Maximum": 30, "SampleCount": 4, "p50": 20, "p99": 30,
             "tm75": 50 / 3, "PR(:20)": 75, "TC(10:20)": 2, "IQM": 20, "wm75": 17.5}
    queries = [query(f"q{number}", namespace, "latency", stat, 60) for number, stat in enumerate(stats)]
    found = data(endpoint, *queries, **times)
    for number, (stat, value) in enumerate(stats.items()):
        assert found[f"q{number}"] == [pytest.approx(value)], stat
    points = client.get_metric_statistics(
        Namespace=namespace, MetricName="sizes", Period=60, Statistics=["Average", "Maximum"], **times)["Datapoints"]
    assert [(point["Average"], point["Maximum"], point["Unit"]) for point in points] == [(2.5, 4, "None")]
    wrong = client.get_metric_statistics(
        Namespace=namespace, MetricName="latency", Period=60, Statistics=["Sum"], Unit="Bytes", **times)
    assert wrong["Datapoints"] == []


def test_big_requests_come_compressed(endpoint):
    namespace = unique("big")
    endpoint.client("cloudwatch").put_metric_data(Namespace=namespace, MetricData=[
        {"MetricName": f"metric-number-{number}", "Value": number,
         "Dimensions": [{"Name": "number", "Value": str(number)}]} for number in range(1000)])
    pages = endpoint.client("cloudwatch").get_paginator("list_metrics").paginate(Namespace=namespace)
    assert sum(len(page["Metrics"]) for page in pages) == 1000
    found = endpoint.client("cloudwatch").list_metrics(
        Namespace=namespace, Dimensions=[{"Name": "number", "Value": "7"}], RecentlyActive="PT3H")["Metrics"]
    assert [metric["MetricName"] for metric in found] == ["metric-number-7"]


def test_entities_have_data_too(endpoint):
    namespace = unique("entity")
    endpoint.client("cloudwatch").put_metric_data(Namespace=namespace, EntityMetricData=[{
        "Entity": {"KeyAttributes": {"Type": "Service", "Name": "pay"}},
        "MetricData": [{"MetricName": "m", "Value": 3}]}])
    assert sum(data(endpoint, query("q", namespace, "m"))["q"]) == 3


def test_wrong_data_is_refused(endpoint):
    client = endpoint.client("cloudwatch")
    for namespace, datum, code in [
        ("AWS/Mine", {"MetricName": "m", "Value": 1}, "InvalidParameterValue"),
        ("n", {"MetricName": "m", "Value": float("nan")}, "InvalidParameterValue"),
        ("n", {"MetricName": "m"}, "MissingParameter"),
        ("n", {"MetricName": "m", "Values": [1], "Counts": [1, 2]}, "InvalidParameterValue"),
    ]:
        with pytest.raises(ClientError) as caught:
            client.put_metric_data(Namespace=namespace, MetricData=[datum])
        assert caught.value.response["Error"]["Code"] == code, datum


def test_math_over_metrics(endpoint, function):
    values = data(
        endpoint,
        query("errors", "AWS/Lambda", "Errors", dimensions=[("FunctionName", function)], ReturnData=False),
        query("calls", "AWS/Lambda", "Invocations", dimensions=[("FunctionName", function)], ReturnData=False),
        {"Id": "sums", "Expression": "SUM(METRICS())"},
        {"Id": "filled", "Expression": "FILL(calls, 0)"},
        {"Id": "found", "Expression":
         f"SEARCH('{{AWS/Lambda,FunctionName}} MetricName=\"Invocations\" FunctionName=\"{function}\"', 'Sum', 3600)"},
    )
    assert sum(values["sums"]) == 4
    assert sum(values["filled"]) == 3
    assert sum(values["found"]) == 3
    for expression, part in [("calls +", "Error in expression 'e'"), ("ANOMALY_DETECTION_BAND(calls)", "ANOMALY")]:
        with pytest.raises(ClientError) as caught:
            data(endpoint, query("calls", "AWS/Lambda", "Invocations"), {"Id": "e", "Expression": expression})
        assert caught.value.response["Error"]["Code"] == "ValidationError"
        assert part in caught.value.response["Error"]["Message"]


EMF = """
import json, time

def handler(event, context):
    print(json.dumps({
        "_aws": {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [{
            "Namespace": event["namespace"], "Dimensions": [["service"], []],
            "Metrics": [{"Name": "orders", "Unit": "Count"}, {"Name": "waits", "Unit": "Milliseconds"}]}]},
        "service": "shop", "orders": event["orders"], "waits": [1, 2, 3]}))
    print('{"_aws": {"CloudWatchMetrics": "broken"}}')
"""


def test_a_function_that_only_prints_has_its_metrics(endpoint):
    name, namespace = deploy(endpoint, EMF), unique("emf")
    for orders in (2, 3):
        endpoint.client("lambda").invoke(
            FunctionName=name, Payload=json.dumps({"namespace": namespace, "orders": orders}))
    service = [("service", "shop")]

    def orders():
        return sum(data(endpoint, query("q", namespace, "orders", dimensions=service))["q"]) == 5

    eventually(orders, "the metric of two calls")
    found = data(
        endpoint, query("all", namespace, "orders"), query("waits", namespace, "waits", "SampleCount"),
        query("faults", "AWS/Logs", "EMFValidationErrors", dimensions=[("LogGroupName", f"/aws/lambda/{name}")]))
    assert {key: sum(values) for key, values in found.items()} == {"all": 5, "waits": 6, "faults": 2}
    listed = endpoint.client("cloudwatch").list_metrics(Namespace=namespace)["Metrics"]
    assert len(listed) == 4
    frame = endpoint.fntop("snapshot", f"function/{name}", "--size", "160x48").stdout.decode()
    assert "own metrics" in frame and "orders" in frame and "2.50" in frame


def test_put_log_events_has_metrics_too(endpoint):
    logs, group, namespace = endpoint.client("logs"), unique("/app/group"), unique("put")
    logs.create_log_group(logGroupName=group)
    logs.create_log_stream(logGroupName=group, logStreamName="s")
    now = int(datetime.now().timestamp() * 1000)
    document = {"_aws": {"Timestamp": now, "CloudWatchMetrics": [
        {"Namespace": namespace, "Dimensions": [[]], "Metrics": [{"Name": "m"}]}]}, "m": 4}
    logs.put_log_events(logGroupName=group, logStreamName="s", logEvents=[
        {"timestamp": now, "message": json.dumps(document)}, {"timestamp": now, "message": "x" + json.dumps(document)}])
    eventually(lambda: sum(data(endpoint, query("q", namespace, "m"))["q"]) == 4, "the metric")


def test_services_measure_themselves(endpoint):
    dynamodb, table = endpoint.client("dynamodb"), unique("table")
    dynamodb.create_table(
        TableName=table, BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "k", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "k", "AttributeType": "S"}])
    dynamodb.put_item(TableName=table, Item={"k": {"S": "1"}})
    with pytest.raises(ClientError):
        dynamodb.put_item(TableName=table, Item={"k": {"S": "1"}}, ConditionExpression="attribute_not_exists(k)")
    values = data(
        endpoint,
        query("latency", "AWS/DynamoDB", "SuccessfulRequestLatency", "SampleCount",
              dimensions=[("TableName", table), ("Operation", "PutItem")]),
        query("failed", "AWS/DynamoDB", "ConditionalCheckFailedRequests", dimensions=[("TableName", table)]))
    assert {key: sum(found) for key, found in values.items()} == {"latency": 1, "failed": 1}


def test_the_query_protocol_and_aws_cli_put_data(endpoint):
    import urllib.request
    namespace = unique("form")
    form = (f"Action=PutMetricData&Version=2010-08-01&Namespace={namespace}&MetricData.member.1.MetricName=m"
            "&MetricData.member.1.Values.member.1=2&MetricData.member.1.Counts.member.1=3")
    request = urllib.request.Request(endpoint.url, form.encode(), {
        "Content-Type": "application/x-www-form-urlencoded",
        "Authorization": "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/monitoring/aws4_request"})
    with urllib.request.urlopen(request) as answer:
        assert b"PutMetricDataResponse" in answer.read()
    endpoint.aws("cloudwatch", "put-metric-data", "--namespace", namespace, "--metric-name", "m", "--value", "4",
                 "--unit", "Count")
    assert sum(data(endpoint, query("q", namespace, "m"))["q"]) == 10
    listed = endpoint.aws("cloudwatch", "list-metrics", "--namespace", namespace)
    assert [metric["MetricName"] for metric in listed["Metrics"]] == ["m"]
    answer = endpoint.aws(
        "cloudwatch", "get-metric-data", "--metric-data-queries", json.dumps([query("q", namespace, "m")]),
        "--start-time", (datetime.now(timezone.utc) - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "--end-time", (datetime.now(timezone.utc) + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ"))
    assert sum(answer["MetricDataResults"][0]["Values"]) == 10


def test_pictures_are_refused_by_name(endpoint):
    with pytest.raises(ClientError) as caught:
        endpoint.client("cloudwatch").get_metric_widget_image(MetricWidget="{}")
    assert "GetMetricWidgetImage" in caught.value.response["Error"]["Message"]
