"""CloudWatch metrics through boto3 and aws cli."""

from datetime import datetime, timedelta, timezone

import pytest
from conftest import deploy, eventually

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


def test_aws_cli(endpoint, function):
    times = {name: time.strftime("%Y-%m-%dT%H:%M:%SZ") for name, time in span().items()}
    answer = endpoint.aws(
        "cloudwatch", "get-metric-statistics", "--namespace", "AWS/Lambda", "--metric-name", "Invocations",
        "--dimensions", f"Name=FunctionName,Value={function}", "--start-time", times["StartTime"],
        "--end-time", times["EndTime"], "--period", "3600", "--statistics", "Sum")
    assert sum(point["Sum"] for point in answer["Datapoints"]) == 3
