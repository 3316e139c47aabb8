"""The CloudWatch Logs API through boto3 and aws cli: groups, streams, writing, retention, tags, metric filters."""

import time

import pytest
from botocore.exceptions import ClientError
from conftest import eventually, unique

DAY = 86_400_000


def now():
    return int(time.time() * 1000)


@pytest.fixture
def group(endpoint):
    logs = endpoint.client("logs")
    name = unique("api")
    logs.create_log_group(logGroupName=name)
    logs.create_log_stream(logGroupName=name, logStreamName="s")
    yield logs, name
    try:
        logs.delete_log_group(logGroupName=name)
    except logs.exceptions.ResourceNotFoundException:
        pass


def put(logs, group, *events, stream="s"):
    return logs.put_log_events(
        logGroupName=group, logStreamName=stream,
        logEvents=[{"timestamp": at, "message": message} for at, message in events])


def refused(code, call, **arguments):
    with pytest.raises(ClientError) as error:
        call(**arguments)
    assert error.value.response["Error"]["Code"] == code
    return error.value.response["Error"]["Message"]


def test_groups_have_what_they_were_made_with(endpoint):
    name = unique("made")
    endpoint.aws("logs", "create-log-group", "--log-group-name", name, "--tags", "team=pay,stage=dev")
    endpoint.aws("logs", "put-retention-policy", "--log-group-name", name, "--retention-in-days", "7")
    found = endpoint.aws("logs", "describe-log-groups", "--log-group-name-prefix", name)["logGroups"][0]
    assert found["retentionInDays"] == 7 and found["logGroupClass"] == "STANDARD" and found["metricFilterCount"] == 0
    assert found["arn"] == f"{found['logGroupArn']}:*"
    logs = endpoint.client("logs")
    arn = found["logGroupArn"]
    assert logs.list_tags_for_resource(resourceArn=arn)["tags"] == {"team": "pay", "stage": "dev"}
    logs.tag_resource(resourceArn=arn, tags={"team": "web", "x": "y"})
    logs.untag_resource(resourceArn=arn, tagKeys=["stage"])
    assert logs.list_tags_for_resource(resourceArn=arn)["tags"] == {"team": "web", "x": "y"}
    logs.tag_log_group(logGroupName=name, tags={"old": "way"})
    logs.untag_log_group(logGroupName=name, tags=["x"])
    assert logs.list_tags_log_group(logGroupName=name)["tags"] == {"team": "web", "old": "way"}
    logs.delete_retention_policy(logGroupName=name)
    assert "retentionInDays" not in logs.describe_log_groups(logGroupNamePrefix=name)["logGroups"][0]
    assert [group["logGroupName"] for group in logs.list_log_groups(logGroupNamePattern="^" + name[:20])["logGroups"]] == [name]


def test_groups_are_paged_and_found_by_parts_of_their_name(endpoint):
    logs = endpoint.client("logs")
    base = unique("Page")
    names = [f"{base}/{number:02}" for number in range(23)]
    for name in reversed(names):
        logs.create_log_group(logGroupName=name)
    pages = list(logs.get_paginator("describe_log_groups").paginate(
        logGroupNamePrefix=base, PaginationConfig={"PageSize": 10}))
    assert [len(page["logGroups"]) for page in pages] == [10, 10, 3]
    assert [group["logGroupName"] for page in pages for group in page["logGroups"]] == names
    assert len(logs.describe_log_groups(logGroupNamePattern=base[1:])["logGroups"]) == 23
    assert logs.describe_log_groups(logGroupNamePattern=base.lower())["logGroups"] == []
    message = refused("InvalidParameterException", logs.describe_log_groups, logGroupNamePattern="a", logGroupNamePrefix="b")
    assert "mutually exclusive" in message


@pytest.mark.parametrize("code,operation,arguments", [
    ("ResourceAlreadyExistsException", "create_log_group", {}),
    ("ResourceAlreadyExistsException", "create_log_stream", {"logStreamName": "s"}),
    ("ResourceNotFoundException", "create_log_stream", {"logGroupName": "nothing", "logStreamName": "s"}),
    ("InvalidParameterException", "create_log_stream", {"logStreamName": "a:b"}),
    ("InvalidParameterException", "create_log_group", {"logGroupName": "a b"}),
    ("ResourceNotFoundException", "delete_log_group", {"logGroupName": "nothing"}),
    ("ResourceNotFoundException", "delete_log_stream", {"logStreamName": "nothing"}),
    ("ResourceNotFoundException", "get_log_events", {"logStreamName": "nothing"}),
    ("InvalidParameterException", "get_log_events", {"logStreamName": "s", "nextToken": "odd"}),
    ("InvalidParameterException", "get_log_events", {"logStreamName": "s", "limit": 10001}),
    ("InvalidParameterException", "filter_log_events", {"nextToken": "odd"}),
    ("InvalidParameterException", "filter_log_events", {"logStreamNames": ["s"], "logStreamNamePrefix": "s"}),
    ("InvalidParameterException", "filter_log_events", {"filterPattern": "{ $.a"}),
    ("ResourceNotFoundException", "filter_log_events", {"logGroupName": "nothing"}),
    ("InvalidParameterException", "put_retention_policy", {"retentionInDays": 2}),
    ("ResourceNotFoundException", "put_retention_policy", {"logGroupName": "nothing", "retentionInDays": 1}),
    ("InvalidParameterException", "describe_log_streams", {"orderBy": "LastEventTime", "logStreamNamePrefix": "s"}),
    ("ResourceNotFoundException", "describe_log_streams", {"logGroupName": "nothing"}),
    ("ResourceNotFoundException", "delete_metric_filter", {"filterName": "nothing"}),
])
def test_errors_are_those_of_aws(group, code, operation, arguments):
    logs, name = group
    refused(code, getattr(logs, operation), **{"logGroupName": name, **arguments})


def test_batches_that_break_a_rule_are_refused(group):
    logs, name = group
    at = now()
    rules = {
        "chronological order": [(at, "b"), (at - 1, "a")],
        "cannot span more than 24 hours": [(at - DAY - 1, "a"), (at, "b")],
        "Log event too large": [(at, "x" * 1_048_551)],
        "Upload too large": [(at, "x" * 700_000), (at, "x" * 700_000)],
    }
    for text, events in rules.items():
        with pytest.raises(logs.exceptions.InvalidParameterException, match=text):
            put(logs, name, *events)
    with pytest.raises(logs.exceptions.ResourceNotFoundException, match="log stream"):
        put(logs, name, (at, "a"), stream="nothing")
    assert logs.filter_log_events(logGroupName=name)["events"] == []
    answer = put(logs, name, (at, "x" * 1_048_550))
    assert "rejectedLogEventsInfo" not in answer and answer["nextSequenceToken"]


def test_events_that_are_too_old_or_too_new_are_told_and_the_rest_is_taken(group):
    logs, name = group
    at = now()
    answer = put(logs, name, (at, "fine"), (at + 3 * 3_600_000, "too new"))
    assert answer["rejectedLogEventsInfo"] == {"tooNewLogEventStartIndex": 1}
    answer = put(logs, name, (at - 14 * DAY - 1000, "too old"), (at - 14 * DAY - 500, "too old"))
    assert answer["rejectedLogEventsInfo"] == {"tooOldLogEventEndIndex": 2}
    logs.put_retention_policy(logGroupName=name, retentionInDays=1)
    answer = put(logs, name, (at - DAY - 60_000, "expired"), (at - DAY + 60_000, "kept"))
    assert answer["rejectedLogEventsInfo"] == {"expiredLogEventEndIndex": 1}
    assert [event["message"] for event in logs.filter_log_events(logGroupName=name)["events"]] == ["kept", "fine"]


def test_retention_hides_what_is_older(group):
    logs, name = group
    put(logs, name, (now() - 3 * DAY, "old"))
    put(logs, name, (now(), "new"))
    read = lambda: [event["message"] for event in logs.get_log_events(
        logGroupName=name, logStreamName="s", startFromHead=True)["events"]]
    assert read() == ["old", "new"]
    logs.put_retention_policy(logGroupName=name, retentionInDays=1)
    assert read() == ["new"]


def test_groups_are_named_by_their_arn_too(group, endpoint):
    logs, name = group
    put(logs, name, (now(), "a line"))
    arn = logs.describe_log_groups(logGroupNamePrefix=name)["logGroups"][0]["logGroupArn"]
    for identifier in (arn, name):
        assert len(logs.filter_log_events(logGroupIdentifier=identifier)["events"]) == 1
        assert len(logs.get_log_events(logGroupIdentifier=identifier, logStreamName="s")["events"]) == 1
        assert len(logs.describe_log_streams(logGroupIdentifier=identifier)["logStreams"]) == 1
    answer = endpoint.aws("logs", "filter-log-events", "--log-group-identifier", arn, "--filter-pattern", "line")
    assert [event["message"] for event in answer["events"]] == ["a line"]


def test_streams_are_ordered_by_time_or_name(group):
    logs, name = group
    for number, stream in enumerate(["b", "a", "c"]):
        logs.create_log_stream(logGroupName=name, logStreamName=stream)
        put(logs, name, (now() - 10_000 + number, "x"), stream=stream)
    names = lambda **order: [stream["logStreamName"] for page in logs.get_paginator("describe_log_streams").paginate(
        logGroupName=name, PaginationConfig={"PageSize": 2}, **order) for stream in page["logStreams"]]
    assert names() == ["a", "b", "c", "s"]
    assert names(descending=True) == ["s", "c", "b", "a"]
    assert names(orderBy="LastEventTime", descending=True) == ["c", "a", "b", "s"]


def test_lines_of_several_streams_come_in_the_order_of_time(group):
    logs, name = group
    at = now() - 10_000
    logs.create_log_stream(logGroupName=name, logStreamName="other")
    put(logs, name, *[(at + number, f"s{number}") for number in (1, 3, 5)])
    put(logs, name, *[(at + number, f"o{number}") for number in (0, 2, 4)], stream="other")
    read = lambda **more: [event["message"] for page in logs.get_paginator("filter_log_events").paginate(
        logGroupName=name, PaginationConfig={"PageSize": 2}, **more) for event in page["events"]]
    assert read() == ["o0", "s1", "o2", "s3", "o4", "s5"]
    assert read(logStreamNames=["other"]) == ["o0", "o2", "o4"]
    assert read(logStreamNamePrefix="s") == ["s1", "s3", "s5"]
    assert read(startTime=at + 2, endTime=at + 3) == ["o2", "s3"]
    events = logs.filter_log_events(logGroupName=name)["events"]
    assert len({event["eventId"] for event in events}) == 6


def test_metric_filters_are_kept_and_tried(group):
    logs, name = group
    transformation = {
        "metricName": "Latency", "metricNamespace": "App", "metricValue": "$.ms", "unit": "Milliseconds",
        "dimensions": {"Route": "$.route"},
    }
    logs.put_metric_filter(
        logGroupName=name, filterName="slow", filterPattern="{ $.ms > 100 }", metricTransformations=[transformation])
    logs.put_metric_filter(
        logGroupName=name, filterName="errors", filterPattern="ERROR",
        metricTransformations=[{"metricName": "Errors", "metricNamespace": "App", "metricValue": "1", "defaultValue": 0}])
    found = logs.describe_metric_filters(logGroupName=name)["metricFilters"]
    assert [filter["filterName"] for filter in found] == ["errors", "slow"]
    assert found[1]["metricTransformations"] == [transformation] and found[1]["filterPattern"] == "{ $.ms > 100 }"
    assert found[0]["metricTransformations"][0]["defaultValue"] == 0
    pages = logs.get_paginator("describe_metric_filters").paginate(logGroupName=name, PaginationConfig={"PageSize": 1})
    assert [filter["filterName"] for page in pages for filter in page["metricFilters"]] == ["errors", "slow"]
    assert logs.describe_log_groups(logGroupNamePrefix=name)["logGroups"][0]["metricFilterCount"] == 2
    logs.delete_metric_filter(logGroupName=name, filterName="slow")
    assert len(logs.describe_metric_filters(logGroupName=name)["metricFilters"]) == 1
    for wrong in ({"metricValue": "$.ms"}, {"metricValue": "1", "dimensions": {"a": "$.b"}}):
        refused(
            "InvalidParameterException", logs.put_metric_filter, logGroupName=name, filterName="x", filterPattern="text",
            metricTransformations=[{"metricName": "m", "metricNamespace": "n", **wrong}])
    matches = logs.test_metric_filter(
        filterPattern="[ip, ..., status = 5*, bytes]", logEventMessages=["1.2.3.4 GET 503 17", "1.2.3.4 GET 200 1", "x"])["matches"]
    assert matches == [{
        "eventNumber": 1, "eventMessage": "1.2.3.4 GET 503 17",
        "extractedValues": {"$ip": "1.2.3.4", "$2": "GET", "$status": "503", "$bytes": "17"},
    }]


def test_a_session_of_live_tail_gets_what_is_written(group, endpoint):
    logs, name = group
    put(logs, name, (now(), "before"))
    client = endpoint.client("logs", inject_host_prefix=False)
    arn = logs.describe_log_groups(logGroupNamePrefix=name)["logGroups"][0]["logGroupArn"]
    stream = client.start_live_tail(logGroupIdentifiers=[arn], logEventFilterPattern="ERROR")["responseStream"]
    events = iter(stream)
    start = next(events)["sessionStart"]
    assert start["logGroupIdentifiers"] == [arn] and start["sessionId"] and start["logEventFilterPattern"] == "ERROR"
    put(logs, name, (now(), "info"), (now(), "ERROR one"))
    results = []
    while not results:
        results = next(events)["sessionUpdate"]["sessionResults"]
    assert [(result["message"], result["logStreamName"]) for result in results] == [("ERROR one", "s")]
    stream.close()
    for wrong, code in (
        ({"logGroupIdentifiers": ["nothing"]}, "ResourceNotFoundException"),
        ({"logGroupIdentifiers": [arn], "logEventFilterPattern": "{"}, "InvalidParameterException"),
        ({"logGroupIdentifiers": [arn], "logStreamNames": ["s"], "logStreamNamePrefixes": ["s"]}, "InvalidParameterException"),
    ):
        refused(code, client.start_live_tail, **wrong)


def test_a_function_that_runs_is_seen_in_live_tail(endpoint):
    from conftest import deploy

    name = deploy(endpoint, "def handler(event, context):\n    print('hello from the tail')\n")
    endpoint.client("lambda").invoke(FunctionName=name)
    client = endpoint.client("logs", inject_host_prefix=False)
    group = f"/aws/lambda/{name}"
    eventually(lambda: client.describe_log_groups(logGroupNamePrefix=group)["logGroups"], "no group")
    stream = client.start_live_tail(logGroupIdentifiers=[group])["responseStream"]
    events = iter(stream)
    next(events)
    endpoint.client("lambda").invoke(FunctionName=name)
    seen = []
    while not any("hello from the tail" in message for message in seen):
        seen += [result["message"] for result in next(events)["sessionUpdate"]["sessionResults"]]
    stream.close()
