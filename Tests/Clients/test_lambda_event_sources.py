"""A table's stream into a function: mappings as boto3 and aws cli see them, and what becomes of records."""

import json
import urllib.request
from datetime import datetime, timedelta, timezone

import pytest
from botocore.exceptions import ClientError
from conftest import Endpoint, deploy, eventually, messages, unique

# Prints the key of each record, and fails on those whose key begins with "poison".
CODE = """
def handler(event, context):
    keys = [record["dynamodb"]["Keys"]["id"]["S"] for record in event["Records"]]
    print("BATCH", " ".join(keys))
    if any(key.startswith("poison") for key in keys):
        raise ValueError("cannot take it")
"""


def stream_of(endpoint, view="NEW_AND_OLD_IMAGES"):
    """A new table with a stream; gives its name and the stream's ARN."""
    name = unique("orders")
    made = endpoint.client("dynamodb").create_table(
        TableName=name, BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": view},
    )
    return name, made["TableDescription"]["LatestStreamArn"]


def put(endpoint, table, *keys, **attributes):
    client = endpoint.client("dynamodb")
    for key in keys:
        client.put_item(TableName=table, Item={"id": {"S": key}, **attributes})


def mapped(endpoint, function, stream, **more):
    made = endpoint.client("lambda").create_event_source_mapping(
        EventSourceArn=stream, FunctionName=function, **{"StartingPosition": "TRIM_HORIZON", **more})
    return made["UUID"]


def batches(endpoint, function):
    return [line.split()[1:] for line in messages(endpoint, function) if line.startswith("BATCH")]


def taken(endpoint, function, count):
    """All batches, once there are so many."""
    def look():
        found = batches(endpoint, function)
        return found if len(found) >= count else None

    return eventually(look, f"not {count} batches")


def steps(endpoint, mapping, last, count=1):
    """The telemetry of a mapping, up to the `count`-th step of that name."""
    found = []
    with urllib.request.urlopen(f"{endpoint.url}/_fntop/events?after=0", timeout=20) as lines:
        for line in lines:
            change = json.loads(line).get("eventSource")
            if not change or change["id"] != mapping:
                continue
            found.append(change)
            count -= change["step"] == last
            if count == 0:
                return found
    raise AssertionError(f"no {last} in {found}")


def refusal(call, **arguments):
    with pytest.raises(ClientError) as refused:
        call(**arguments)
    error = refused.value.response["Error"]
    return error["Code"], error["Message"]


def test_the_life_of_a_mapping(endpoint):
    client = endpoint.client("lambda")
    function = deploy(endpoint, CODE)
    table, stream = stream_of(endpoint)
    made = client.create_event_source_mapping(EventSourceArn=stream, FunctionName=function, StartingPosition="LATEST")
    arn = client.get_function(FunctionName=function)["Configuration"]["FunctionArn"]
    assert made["ResponseMetadata"]["HTTPStatusCode"] == 202
    assert made["State"] == "Creating" and made["FunctionArn"] == arn and made["EventSourceArn"] == stream
    assert made["EventSourceMappingArn"] == f"arn:aws:lambda:us-east-1:000000000000:event-source-mapping:{made['UUID']}"
    assert made["LastProcessingResult"] == "No records processed" and made["StateTransitionReason"] == "User action"
    defaults = {
        "BatchSize": 100, "MaximumBatchingWindowInSeconds": 0, "ParallelizationFactor": 1, "MaximumRetryAttempts": -1,
        "MaximumRecordAgeInSeconds": -1, "BisectBatchOnFunctionError": False, "TumblingWindowInSeconds": 0,
        "FunctionResponseTypes": [], "DestinationConfig": {"OnFailure": {}}, "StartingPosition": "LATEST",
    }
    assert {key: made[key] for key in defaults} == defaults
    put(endpoint, table, "a")
    assert taken(endpoint, function, 1) == [["a"]]
    got = eventually(
        lambda: (m := client.get_event_source_mapping(UUID=made["UUID"]))["LastProcessingResult"] == "OK" and m, "not OK")
    assert got["State"] == "Enabled"
    paused = client.update_event_source_mapping(UUID=made["UUID"], Enabled=False, BatchSize=7)
    assert paused["State"] == "Disabling" and paused["BatchSize"] == 7
    assert client.get_event_source_mapping(UUID=made["UUID"])["State"] == "Disabled"
    put(endpoint, table, "b")
    assert client.update_event_source_mapping(UUID=made["UUID"], Enabled=True)["State"] == "Enabling"
    assert taken(endpoint, function, 2) == [["a"], ["b"]]
    assert client.update_event_source_mapping(UUID=made["UUID"], BatchSize=8)["State"] == "Updating"
    gone = client.delete_event_source_mapping(UUID=made["UUID"])
    assert gone["State"] == "Deleting"
    missing = ("ResourceNotFoundException", "The resource you requested does not exist.")
    for call in (client.get_event_source_mapping, client.delete_event_source_mapping, client.update_event_source_mapping):
        assert refusal(call, UUID=made["UUID"]) == missing


def test_the_event_is_lambdas(endpoint):
    function = deploy(endpoint, "import json\ndef handler(event, context):\n    print('EVENT', json.dumps(event))\n")
    table, stream = stream_of(endpoint)
    mapped(endpoint, function, stream)
    put(endpoint, table, "a", n={"N": "1"})
    messages(endpoint, function, until="INSERT")
    endpoint.client("dynamodb").delete_item(TableName=table, Key={"id": {"S": "a"}})
    lines = messages(endpoint, function, until="REMOVE")
    first, second = [json.loads(line[6:])["Records"][0] for line in lines if line.startswith("EVENT")]
    assert set(first) == {"eventID", "eventName", "eventVersion", "eventSource", "awsRegion", "dynamodb", "eventSourceARN"}
    assert (first["eventName"], first["eventVersion"], first["eventSource"]) == ("INSERT", "1.1", "aws:dynamodb")
    assert first["eventSourceARN"] == stream and first["awsRegion"] == "us-east-1"
    change = first["dynamodb"]
    assert isinstance(change["ApproximateCreationDateTime"], (int, float)) and change["SizeBytes"] > 0
    assert change["Keys"] == {"id": {"S": "a"}} and change["NewImage"] == {"id": {"S": "a"}, "n": {"N": "1"}}
    assert "OldImage" not in change and change["StreamViewType"] == "NEW_AND_OLD_IMAGES"
    assert second["eventName"] == "REMOVE" and second["dynamodb"]["OldImage"] == change["NewImage"]
    assert int(second["dynamodb"]["SequenceNumber"]) > int(change["SequenceNumber"])


def test_one_record_that_fails_is_found_and_given_up_and_nothing_else_is_lost(endpoint):
    function = deploy(endpoint, CODE)
    table, stream = stream_of(endpoint)
    keys = ["a", "b", "c", "d", "e", "poison", "f", "g"]
    put(endpoint, table, *keys)
    queue = "arn:aws:sqs:us-east-1:000000000000:lost"
    mapping = mapped(
        endpoint, function, stream, BisectBatchOnFunctionError=True, MaximumRetryAttempts=1,
        DestinationConfig={"OnFailure": {"Destination": queue}},
    )
    found = steps(endpoint, mapping, "destinationFailed")
    assert [change["step"] for change in found] == [
        "changed", "changed", "failed", "bisected", "delivered", "failed", "bisected", "failed", "bisected", "delivered",
        "failed", "retried", "failed", "discarded", "destinationFailed"]
    given_up = found[-2]
    assert (given_up["records"], given_up["detail"]) == (1, "RetryAttemptsExhausted")
    # There is no queue here yet: that is told, and seen in the log.
    assert found[-1]["detail"].startswith(f"{queue}: ")
    put(endpoint, table, "h")
    all_batches = eventually(lambda: (b := batches(endpoint, function)) and b[-1] == ["h"] and b, "the stream stands still")
    assert all_batches == [
        keys, ["a", "b", "c", "d"], ["e", "poison", "f", "g"], ["e", "poison"], ["e"], ["poison"], ["poison"], ["f", "g"],
        ["h"]]
    assert messages(endpoint, function, until="Nothing could be sent to arn:aws:sqs")
    # The dashboard tells the same: which batch, how it was halved, what was given up, and that nobody could be told.
    screen = endpoint.fntop("snapshot", f"sources/{function}", "--size", "160x48").stdout.decode()
    for words in (
            "A batch of 8", "halved 3 times, down to one record", "1 record given up, and nobody could be told: lost (sqs)",
            "the other 7 were taken", "given up", "not told", "ValueError: cannot take it"):
        assert words in screen, words
    overview = endpoint.fntop("snapshot", f"function/{function}", "--size", "160x48").stdout.decode()
    assert "1 record given up" in overview
    findings = [json.loads(line) for line in endpoint.fntop("lints", "--json").stdout.splitlines()]
    lost = next(found for found in findings if found["rule"] == "lost-records" and found.get("function") == function)
    assert lost["text"].startswith(f"1 record of the stream of {table} was given up in ")


def test_what_became_of_records_is_measured(endpoint):
    function = deploy(endpoint, CODE)
    table, stream = stream_of(endpoint)
    put(endpoint, table, "a", "poison", "b")
    pattern = json.dumps({"dynamodb": {"Keys": {"id": {"S": [{"anything-but": ["b"]}]}}}})
    mapping = mapped(
        endpoint, function, stream, BisectBatchOnFunctionError=True, MaximumRetryAttempts=0,
        FilterCriteria={"Filters": [{"Pattern": pattern}]}, MetricsConfig={"Metrics": ["EventCount"]})
    client = endpoint.client("lambda")
    assert client.get_event_source_mapping(UUID=mapping)["MetricsConfig"] == {"Metrics": ["EventCount"]}
    steps(endpoint, mapping, "discarded")
    wanted = {
        "PolledEventCount": 3, "FilteredOutEventCount": 1, "InvokedEventCount": 4, "FailedInvokeEventCount": 3,
        "DroppedEventCount": 1}
    dimensions = [{"Name": "EventSourceMappingUUID", "Value": mapping}]
    for name, value in wanted.items():
        eventually(lambda: total(endpoint, name, dimensions) == value, name)
    listed = endpoint.client("cloudwatch").list_metrics(Namespace="AWS/Lambda", Dimensions=dimensions)["Metrics"]
    assert {metric["MetricName"] for metric in listed} == set(wanted)
    by_name = [{"Name": "FunctionName", "Value": function}]
    # A batch of two, and each of them alone.
    eventually(lambda: total(endpoint, "IteratorAge", by_name, "SampleCount") == 3, "the ages of the batches")
    assert 0 <= total(endpoint, "IteratorAge", by_name, "Maximum") < 60_000
    assert client.update_event_source_mapping(UUID=mapping, MetricsConfig={"Metrics": []}).get("MetricsConfig") is None
    code, message = refusal(client.update_event_source_mapping, UUID=mapping, MetricsConfig={"Metrics": ["KafkaMetrics"]})
    assert code == "InvalidParameterValueException" and "MetricsConfig" in message


def total(endpoint, name, dimensions, statistic="Sum"):
    now = datetime.now(timezone.utc)
    points = endpoint.client("cloudwatch").get_metric_statistics(
        Namespace="AWS/Lambda", MetricName=name, Dimensions=dimensions, StartTime=now - timedelta(hours=1),
        EndTime=now + timedelta(minutes=1), Period=3600, Statistics=[statistic])["Datapoints"]
    return sum(point[statistic] for point in points)


def test_what_a_function_says_of_its_batch_counts(endpoint):
    function = deploy(endpoint, """
seen = set()
def handler(event, context):
    keys = [record["dynamodb"]["Keys"]["id"]["S"] for record in event["Records"]]
    print("BATCH", " ".join(keys))
    failed = [r["dynamodb"]["SequenceNumber"] for r, key in zip(event["Records"], keys) if key == "c" and key not in seen]
    seen.update(keys)
    return {"batchItemFailures": [{"itemIdentifier": number} for number in failed]}
""")
    table, stream = stream_of(endpoint)
    put(endpoint, table, "a", "b", "c", "d")
    mapped(endpoint, function, stream, FunctionResponseTypes=["ReportBatchItemFailures"])
    assert taken(endpoint, function, 2) == [["a", "b", "c", "d"], ["c", "d"]]


def test_filters_choose_records(endpoint):
    function = deploy(endpoint, CODE)
    table, stream = stream_of(endpoint)
    pattern = {"eventName": ["INSERT"], "dynamodb": {"NewImage": {"kind": {"S": [{"prefix": "go"}]}}}}
    mapping = mapped(endpoint, function, stream, FilterCriteria={"Filters": [{"Pattern": json.dumps(pattern)}]})
    put(endpoint, table, "a", kind={"S": "good"})
    taken(endpoint, function, 1)
    put(endpoint, table, "b", kind={"S": "bad"})
    put(endpoint, table, "c", kind={"S": "gone"})
    assert taken(endpoint, function, 2) == [["a"], ["c"]]
    client = endpoint.client("lambda")
    assert client.get_event_source_mapping(UUID=mapping)["FilterCriteria"] == {"Filters": [{"Pattern": json.dumps(pattern)}]}
    assert "FilterCriteria" not in client.update_event_source_mapping(UUID=mapping, FilterCriteria={})


def test_the_batch_size_holds_and_a_version_can_be_the_target(endpoint):
    function = deploy(endpoint, CODE)
    client = endpoint.client("lambda")
    client.publish_version(FunctionName=function)
    client.create_alias(FunctionName=function, Name="live", FunctionVersion="1")
    table, stream = stream_of(endpoint)
    put(endpoint, table, *"abcdefg")
    mapping = mapped(endpoint, f"{function}:live", stream, BatchSize=3)
    assert taken(endpoint, function, 3) == [["a", "b", "c"], ["d", "e", "f"], ["g"]]
    assert client.get_event_source_mapping(UUID=mapping)["FunctionArn"].endswith(f":function:{function}:live")
    assert any("Version: 1" in line for line in messages(endpoint, function))


def test_lists_of_mappings_come_in_pages(endpoint):
    client = endpoint.client("lambda")
    function, other = deploy(endpoint, CODE), deploy(endpoint, CODE)
    streams = [stream_of(endpoint)[1] for _ in range(3)]
    made = {mapped(endpoint, function, stream, Enabled=False) for stream in streams}
    mapped(endpoint, other, streams[0], Enabled=False)
    pages = list(client.get_paginator("list_event_source_mappings").paginate(
        FunctionName=function, PaginationConfig={"PageSize": 2}))
    assert [len(page["EventSourceMappings"]) for page in pages] == [2, 1]
    assert {m["UUID"] for page in pages for m in page["EventSourceMappings"]} == made
    of_stream = client.list_event_source_mappings(EventSourceArn=streams[0])["EventSourceMappings"]
    assert {m["FunctionArn"].split(":")[-1] for m in of_stream} == {function, other}
    assert all(m["State"] == "Disabled" for m in of_stream)


def test_refusals(endpoint):
    client = endpoint.client("lambda", parameter_validation=False)
    function = deploy(endpoint, CODE)
    _, stream = stream_of(endpoint)

    def create(**more):
        given = {"EventSourceArn": stream, "FunctionName": function, "StartingPosition": "LATEST", **more}
        return refusal(client.create_event_source_mapping, **{key: value for key, value in given.items() if value is not None})

    invalid, validation = "InvalidParameterValueException", "ValidationException"
    assert create(EventSourceArn=None) == (invalid, "Unrecognized event source.")
    assert create(FunctionName="nobody") == (invalid, "Function does not exist")
    assert create(StartingPosition=None) == (
        invalid, "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null")
    assert create(StartingPosition="AT_TIMESTAMP") == (invalid, f"Unsupported starting position for arn type: {stream}")
    assert create(StartingPosition="NOW")[0] == validation
    gone = stream.replace("orders", "gone")
    assert create(EventSourceArn=gone) == (invalid, f"Stream not found: {gone}")
    for kind, name in [("sqs", "SQS queues"), ("kinesis", "Kinesis streams"), ("kafka", "Amazon MSK"), ("mq", "Amazon MQ")]:
        code, message = create(EventSourceArn=f"arn:aws:{kind}:us-east-1:000000000000:some")
        assert code == invalid and name in message and "not supported" in message
    assert create(EventSourceArn="arn:aws:s3:::bucket")[0] == invalid
    for name, value in [("BatchSize", 0), ("BatchSize", 10001), ("ParallelizationFactor", 11), ("MaximumRetryAttempts", 10001),
                        ("MaximumBatchingWindowInSeconds", 301), ("MaximumRecordAgeInSeconds", 604801)]:
        assert create(**{name: value})[0] == validation, name
    assert create(MaximumRecordAgeInSeconds=30)[0] == invalid
    assert "TumblingWindowInSeconds is not supported" in create(TumblingWindowInSeconds=10)[1]
    assert create(Queues=["q"]) == (invalid, "Unsupported Queues parameter for given event source mapping type.")
    assert create(FunctionResponseTypes=["Other"])[0] == validation
    code, message = create(FilterCriteria={"Filters": [{"Pattern": '{"a": "b"}'}]})
    assert code == invalid and message.startswith("Invalid filter pattern definition.")
    on_failure = lambda target: {"OnFailure": {"Destination": target}}
    assert "S3 destinations are not supported" in create(DestinationConfig=on_failure("arn:aws:s3:::bucket"))[1]
    assert create(DestinationConfig=on_failure("arn:aws:lambda:us-east-1:000000000000:function:f"))[1].endswith("is invalid.")
    assert create(DestinationConfig={"OnSuccess": {"Destination": "arn:aws:sqs:us-east-1:000000000000:q"}})[0] == invalid
    assert create(DestinationConfig=on_failure("nowhere"))[0] == validation
    mapping = mapped(endpoint, function, stream)
    code, message = create()
    assert code == "ResourceConflictException" and mapping in message and f'function (" {function} ")' in message


def test_aws_cli(endpoint):
    function = deploy(endpoint, CODE)
    table, stream = stream_of(endpoint)
    made = endpoint.aws(
        "lambda", "create-event-source-mapping", "--function-name", function, "--event-source-arn", stream,
        "--starting-position", "TRIM_HORIZON", "--batch-size", "2", "--bisect-batch-on-function-error",
        "--filter-criteria", '{"Filters": [{"Pattern": "{\\"eventName\\": [\\"INSERT\\"]}"}]}',
    )
    put(endpoint, table, "a")
    assert taken(endpoint, function, 1) == [["a"]]
    listed = endpoint.aws("lambda", "list-event-source-mappings", "--function-name", function)["EventSourceMappings"]
    assert [m["UUID"] for m in listed] == [made["UUID"]] and listed[0]["BisectBatchOnFunctionError"]
    assert endpoint.aws("lambda", "update-event-source-mapping", "--uuid", made["UUID"], "--no-enabled")["State"] == "Disabling"
    assert endpoint.aws("lambda", "get-event-source-mapping", "--uuid", made["UUID"])["State"] == "Disabled"
    assert endpoint.aws("lambda", "delete-event-source-mapping", "--uuid", made["UUID"])["State"] == "Deleting"


def test_after_a_crash_reading_goes_on_where_it_was(tmp_path):
    arguments = ("--data", str(tmp_path / "data"))
    endpoint = Endpoint(*arguments)
    function = deploy(endpoint, CODE)
    client = endpoint.client("lambda")
    client.publish_version(FunctionName=function)
    client.create_alias(FunctionName=function, Name="live", FunctionVersion="1")
    client.put_function_event_invoke_config(FunctionName=function, Qualifier="live", MaximumRetryAttempts=1)
    table, stream = stream_of(endpoint)
    mapping = mapped(endpoint, f"{function}:live", stream)
    put(endpoint, table, "a", "b")
    eventually(lambda: sum(batches(endpoint, function), []) == ["a", "b"], "not taken")
    eventually(lambda: client.get_event_source_mapping(UUID=mapping)["LastProcessingResult"] == "OK", "not noted")
    client.update_event_source_mapping(UUID=mapping, Enabled=False)
    put(endpoint, table, "c")
    before = client.get_event_source_mapping(UUID=mapping)
    endpoint.process.kill()
    endpoint.process.wait(timeout=10)
    endpoint.process.stdout.close(), endpoint.process.stderr.close()

    endpoint = Endpoint(*arguments)
    try:
        client = endpoint.client("lambda")
        after = client.get_event_source_mapping(UUID=mapping)
        before.pop("ResponseMetadata"), after.pop("ResponseMetadata")
        assert after == before
        assert client.get_alias(FunctionName=function, Name="live")["FunctionVersion"] == "1"
        assert client.get_function_event_invoke_config(FunctionName=function, Qualifier="live")["MaximumRetryAttempts"] == 1
        client.update_event_source_mapping(UUID=mapping, Enabled=True)
        put(endpoint, table, "d")
        eventually(lambda: sum(batches(endpoint, function), []) == ["c", "d"], "not taken up again")
        answer = client.invoke(FunctionName=function, Qualifier="1", Payload=b'{"Records": []}')
        assert answer["ExecutedVersion"] == "1" and "FunctionError" not in answer
    finally:
        endpoint.stop()
