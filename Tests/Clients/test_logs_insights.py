"""Logs Insights through boto3, aws cli and `fntop insights`."""

import json
import time

import pytest
from botocore.exceptions import ClientError
from conftest import eventually, unique


@pytest.fixture(scope="module")
def group(endpoint):
    """Ten lines of JSON, a second apart; gives the client, the group and the time of the first line in seconds."""
    logs = endpoint.client("logs")
    name = unique("ask")
    logs.create_log_group(logGroupName=name)
    logs.create_log_stream(logGroupName=name, logStreamName="s")
    start = int(time.time()) - 600
    logs.put_log_events(logGroupName=name, logStreamName="s", logEvents=[
        {"timestamp": (start + number) * 1000, "message": json.dumps({
            "level": "ERROR" if number % 3 == 0 else "INFO", "n": number, "user": {"name": f"u{number % 2}"}})}
        for number in range(10)
    ])
    return logs, name, start


def ask(logs, query, start, **where):
    arguments = {"startTime": start - 10, "endTime": start + 60, "queryString": query, **where}
    query_id = logs.start_query(**arguments)["queryId"]
    return eventually(lambda: finished(logs, query_id), "the query does not end")


def finished(logs, query_id):
    answer = logs.get_query_results(queryId=query_id)
    return answer if answer["status"] not in ("Scheduled", "Running") else None


def rows(answer):
    return [{cell["field"]: cell["value"] for cell in row} for row in answer["results"]]


def test_lines_come_newest_first_with_a_pointer_to_the_record(group):
    logs, name, start = group
    answer = ask(logs, "fields @timestamp, n, missing | filter level = 'ERROR' | limit 2", start, logGroupName=name)
    assert answer["status"] == "Complete"
    found = rows(answer)
    assert [row["n"] for row in found] == ["9", "6"]
    moment = time.strftime("%Y-%m-%d %H:%M:%S.000", time.gmtime(start + 9))
    assert found[0]["@timestamp"] == moment and "missing" not in found[0]
    statistics = answer["statistics"]
    assert statistics["recordsMatched"] == 4 and statistics["recordsScanned"] == 10 and statistics["bytesScanned"] > 300
    record = logs.get_log_record(logRecordPointer=found[0]["@ptr"])["logRecord"]
    assert record["n"] == "9" and record["user.name"] == "u1" and record["@logStream"] == "s"
    assert record["@timestamp"] == str((start + 9) * 1000)


@pytest.mark.parametrize("query,expected", [
    ("stats count(*) as n, avg(n) as mean by level | sort level", [
        {"level": "ERROR", "n": "4", "mean": "4.5"}, {"level": "INFO", "n": "6", "mean": "4.5"}]),
    ("filter user.name = 'u1' | stats sum(n)", [{"sum(n)": "25"}]),
    ("filter level = 'NONE'", []),
])
def test_answers(group, query, expected):
    logs, name, start = group
    assert rows(ask(logs, query, start, logGroupNames=[name])) == expected


def test_several_groups_are_asked_by_name_or_arn(group):
    logs, name, start = group
    other = unique("ask")
    logs.create_log_group(logGroupName=other)
    arn = logs.describe_log_groups(logGroupNamePrefix=name)["logGroups"][0]["logGroupArn"]
    answer = ask(logs, "stats count(*) as n by @log", start, logGroupIdentifiers=[arn, other])
    assert rows(answer) == [{"@log": f"000000000000:{name}", "n": "10"}]
    assert answer["statistics"]["logGroupsScanned"] == 2


def test_pages_of_an_answer(group):
    logs, name, start = group
    query_id = logs.start_query(
        logGroupName=name, startTime=start - 10, endTime=start + 60, queryString="display n | sort n")["queryId"]
    eventually(lambda: finished(logs, query_id), "the query does not end")
    seen, token = [], {}
    while True:
        answer = logs.get_query_results(queryId=query_id, maxItems=4, **token)
        seen += [row["n"] for row in rows(answer)]
        if "nextToken" not in answer:
            break
        token = {"nextToken": answer["nextToken"]}
    assert seen == [str(number) for number in range(10)]


@pytest.mark.parametrize("query,start_offset,end_offset,word", [
    ("fieds @message", 0, 5, "fieds"), ("stats nofn(x)", 6, 10, "nofn"), ("pattern @message", 0, 7, "pattern"),
])
def test_queries_that_are_not_understood_name_the_word(group, query, start_offset, end_offset, word):
    logs, name, start = group
    with pytest.raises(logs.exceptions.MalformedQueryException) as error:
        ask(logs, query, start, logGroupName=name)
    location = error.value.response["queryCompileError"]["location"]
    assert (location["startCharOffset"], location["endCharOffset"]) == (start_offset, end_offset)
    assert word in error.value.response["Error"]["Message"]


@pytest.mark.parametrize("code,arguments", [
    ("ResourceNotFoundException", {"logGroupName": "nothing"}), ("InvalidParameterException", {}),
    ("InvalidParameterException", {"logGroupName": "a", "logGroupNames": ["b"]}),
])
def test_what_is_asked_must_be_there(group, code, arguments):
    logs, _, start = group
    with pytest.raises(ClientError) as error:
        ask(logs, "fields n", start, **arguments)
    assert error.value.response["Error"]["Code"] == code


def test_queries_are_listed_and_stopped(group):
    logs, name, start = group
    query_id = logs.start_query(
        logGroupName=name, startTime=start, endTime=start + 60, queryString="fields n")["queryId"]
    eventually(lambda: finished(logs, query_id), "the query does not end")
    found = logs.describe_queries(logGroupName=name, status="Complete")["queries"][0]
    assert found["queryId"] == query_id and found["queryString"] == "fields n"
    with pytest.raises(logs.exceptions.InvalidParameterException):
        logs.stop_query(queryId=query_id)
    for operation in (logs.stop_query, logs.get_query_results):
        with pytest.raises(logs.exceptions.ResourceNotFoundException):
            operation(queryId="00000000-0000-4000-8000-000000000000")


def test_queries_are_saved_by_name(group):
    logs, _, _ = group
    name = unique("saved")
    first = logs.put_query_definition(name=name, queryString="fields n", logGroupNames=["g"])["queryDefinitionId"]
    logs.put_query_definition(name=name, queryString="fields m", queryDefinitionId=first)
    logs.put_query_definition(name=name + "2", queryString="fields n")
    pages = list(logs.get_paginator("describe_query_definitions").paginate(
        queryDefinitionNamePrefix=name, PaginationConfig={"PageSize": 1})) if logs.can_paginate(
            "describe_query_definitions") else [logs.describe_query_definitions(queryDefinitionNamePrefix=name)]
    found = [definition for page in pages for definition in page["queryDefinitions"]]
    assert [definition["queryString"] for definition in found] == ["fields m", "fields n"]
    assert logs.delete_query_definition(queryDefinitionId=first)["success"]
    with pytest.raises(logs.exceptions.ResourceNotFoundException):
        logs.delete_query_definition(queryDefinitionId=first)
    with pytest.raises(ClientError):
        logs.put_query_definition(name=name, queryString="nonsense")


def test_the_fields_of_a_group_are_found(group):
    logs, name, start = group
    fields = {field["name"]: field["percent"] for field in logs.get_log_group_fields(logGroupName=name)["logGroupFields"]}
    assert fields["level"] == 100 and fields["user.name"] == 100 and fields["@message"] == 100


def test_aws_cli_and_fntop_ask_the_same(group, endpoint):
    _, name, start = group
    query = "stats count(*) as n by level | sort level"
    started = endpoint.aws(
        "logs", "start-query", "--log-group-name", name, "--start-time", str(start - 10), "--end-time", str(start + 60),
        "--query-string", query)
    answer = eventually(lambda: next((answer for answer in [endpoint.aws(
        "logs", "get-query-results", "--query-id", started["queryId"])] if answer["status"] == "Complete"), None), "no end")
    expected = [{"level": "ERROR", "n": "4"}, {"level": "INFO", "n": "6"}]
    assert rows(answer) == expected
    done = endpoint.fntop("insights", query, "--group", name[:-2] + "*", "--json")
    assert done.returncode == 0, done.stderr
    assert [json.loads(line) for line in done.stdout.decode().splitlines()] == expected
    table = endpoint.fntop("insights", query, "--group", name).stdout.decode().splitlines()
    assert table[0].split() == ["level", "n"] and table[1].split() == ["ERROR", "4"]


@pytest.mark.parametrize("words,status,text", [
    (["fieds x", "--group", "{group}"], 2, "fieds is no command"), (["fields x", "--group", "nothing*"], 1, "No log group"),
    (["fields x", "--since", "soon"], 64, "span of time"),
])
def test_fntop_says_what_is_wrong(group, endpoint, words, status, text):
    done = endpoint.fntop("insights", *[word.format(group=group[1]) for word in words])
    assert text in done.stderr.decode()
    assert done.returncode in (status, 2)
