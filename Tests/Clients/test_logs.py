"""CloudWatch Logs through boto3."""

import time

import pytest
from conftest import unique


@pytest.fixture
def stream(endpoint):
    """A group with a stream of ten lines; gives the client and what names the stream."""
    logs = endpoint.client("logs")
    names = {"logGroupName": unique("group"), "logStreamName": "s/1"}
    logs.create_log_group(logGroupName=names["logGroupName"])
    logs.create_log_stream(**names)
    now = int(time.time() * 1000) - 1000
    logs.put_log_events(**names, logEvents=[
        {"timestamp": now + number, "message": f"{'ERROR' if number % 3 == 0 else 'info'} line {number}"}
        for number in range(10)
    ])
    return logs, names


def numbers(answer):
    return [int(event["message"].split()[-1]) for event in answer["events"]]


def test_groups_and_streams_are_described(stream):
    logs, names = stream
    group = logs.describe_log_groups(logGroupNamePrefix=names["logGroupName"])["logGroups"][0]
    assert abs(group["creationTime"] / 1000 - time.time()) < 60
    for name in ("a", "z"):
        logs.create_log_stream(logGroupName=names["logGroupName"], logStreamName=name)
    pages = logs.get_paginator("describe_log_streams").paginate(
        logGroupName=names["logGroupName"], PaginationConfig={"PageSize": 1})
    assert [found["logStreamName"] for page in pages for found in page["logStreams"]] == ["a", "s/1", "z"]


def test_lines_are_read_in_both_directions(stream):
    logs, names = stream
    page = logs.get_log_events(**names, limit=4)
    assert numbers(page) == [6, 7, 8, 9]
    older = logs.get_log_events(**names, limit=4, nextToken=page["nextBackwardToken"])
    assert numbers(older) == [2, 3, 4, 5]
    newer = logs.get_log_events(**names, limit=4, nextToken=older["nextForwardToken"])
    assert numbers(newer) == [6, 7, 8, 9]
    end = logs.get_log_events(**names, nextToken=newer["nextForwardToken"])
    assert end["events"] == [] and end["nextForwardToken"] == newer["nextForwardToken"]
    back = logs.get_log_events(**names, limit=2, nextToken=end["nextBackwardToken"])
    assert numbers(back) == [8, 9]
    assert numbers(logs.get_log_events(**names, limit=3, startFromHead=True)) == [0, 1, 2]


def test_filtering_pages_through_everything_once(stream):
    logs, names = stream
    pages = logs.get_paginator("filter_log_events").paginate(
        logGroupName=names["logGroupName"], PaginationConfig={"PageSize": 3})
    assert [number for page in pages for number in numbers(page)] == list(range(10))


@pytest.mark.parametrize("pattern,expected", [
    ("ERROR", [0, 3, 6, 9]), ("error", []), ("-ERROR", [1, 2, 4, 5, 7, 8]), ('?"line 1" ?"line 2"', [1, 2]),
    ("%[38]$%", [3, 8]), ("[level=ERROR, word, n > 3]", [6, 9]), ("ERROR line", [0, 3, 6, 9]),
])
def test_patterns(stream, pattern, expected):
    logs, names = stream
    assert numbers(logs.filter_log_events(logGroupName=names["logGroupName"], filterPattern=pattern)) == expected


@pytest.mark.parametrize("pattern", ["fn:x", '"open', "%(a)%", "{ $.a"])
def test_patterns_that_are_not_understood_are_refused(stream, pattern):
    logs, names = stream
    with pytest.raises(logs.exceptions.InvalidParameterException):
        logs.filter_log_events(logGroupName=names["logGroupName"], filterPattern=pattern)


def test_what_was_deleted_is_gone(stream):
    logs, names = stream
    logs.delete_log_stream(**names)
    assert logs.describe_log_streams(logGroupName=names["logGroupName"])["logStreams"] == []
    logs.delete_log_group(logGroupName=names["logGroupName"])
    with pytest.raises(logs.exceptions.ResourceNotFoundException):
        logs.filter_log_events(logGroupName=names["logGroupName"])
