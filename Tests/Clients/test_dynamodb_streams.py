"""Streams of tables as boto3 sees them: what changes becomes a record, in order, once."""

import pytest
from botocore.exceptions import ClientError
from conftest import unique


@pytest.fixture(scope="module")
def db(endpoint):
    return endpoint.client("dynamodb")


@pytest.fixture(scope="module")
def streams(endpoint):
    return endpoint.client("dynamodbstreams")


def create(db, view):
    name = unique("stream")
    description = db.create_table(
        TableName=name, BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "p", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "p", "KeyType": "HASH"}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": view},
    )["TableDescription"]
    return name, description["LatestStreamArn"]


def shard(streams, arn):
    return streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"][0]["ShardId"]


def iterator(streams, arn, kind="TRIM_HORIZON", **more):
    return streams.get_shard_iterator(
        StreamArn=arn, ShardId=shard(streams, arn), ShardIteratorType=kind, **more)["ShardIterator"]


def records(streams, arn, kind="TRIM_HORIZON", **more):
    return streams.get_records(ShardIterator=iterator(streams, arn, kind, **more))["Records"]


@pytest.mark.parametrize("view, images", [
    ("KEYS_ONLY", set()), ("NEW_IMAGE", {"NewImage"}), ("OLD_IMAGE", {"OldImage"}),
    ("NEW_AND_OLD_IMAGES", {"NewImage", "OldImage"}),
])
def test_changes_become_records(db, streams, view, images):
    name, arn = create(db, view)
    first, second = {"p": {"S": "a"}, "v": {"N": "1"}}, {"p": {"S": "a"}, "v": {"N": "2"}}
    db.put_item(TableName=name, Item=first)
    db.put_item(TableName=name, Item=first)
    db.put_item(TableName=name, Item=second)
    db.delete_item(TableName=name, Key={"p": {"S": "a"}})
    db.delete_item(TableName=name, Key={"p": {"S": "a"}})
    found = records(streams, arn)
    assert [record["eventName"] for record in found] == ["INSERT", "MODIFY", "REMOVE"]
    assert all(record["dynamodb"]["Keys"] == {"p": {"S": "a"}} for record in found)
    assert all(record["dynamodb"]["StreamViewType"] == view for record in found)
    insert, modify, remove = (record["dynamodb"] for record in found)
    assert {key for record in (insert, modify, remove) for key in record if key.endswith("Image")} == images
    if "NewImage" in images:
        assert insert["NewImage"] == first and modify["NewImage"] == second and "NewImage" not in remove
    if "OldImage" in images:
        assert "OldImage" not in insert and modify["OldImage"] == first and remove["OldImage"] == second
    numbers = [record["SequenceNumber"] for record in (insert, modify, remove)]
    assert numbers == sorted(set(numbers))
    assert len({record["eventID"] for record in found}) == 3


def test_a_stream_is_read_from_where_the_reader_wants(db, streams):
    name, arn = create(db, "KEYS_ONLY")
    latest = iterator(streams, arn, "LATEST")
    for number in range(5):
        db.put_item(TableName=name, Item={"p": {"S": str(number)}})
    found = records(streams, arn)
    middle = found[2]["dynamodb"]["SequenceNumber"]

    def keys(some):
        return [record["dynamodb"]["Keys"]["p"]["S"] for record in some]

    assert keys(found) == list("01234")
    assert keys(streams.get_records(ShardIterator=latest)["Records"]) == list("01234")
    assert keys(records(streams, arn, "AT_SEQUENCE_NUMBER", SequenceNumber=middle)) == list("234")
    assert keys(records(streams, arn, "AFTER_SEQUENCE_NUMBER", SequenceNumber=middle)) == list("34")
    assert records(streams, arn, "LATEST") == []
    page = streams.get_records(ShardIterator=iterator(streams, arn), Limit=2)
    assert keys(page["Records"]) == ["0", "1"]
    assert keys(streams.get_records(ShardIterator=page["NextShardIterator"], Limit=2)["Records"]) == ["2", "3"]
    with pytest.raises(ClientError) as caught:
        streams.get_records(ShardIterator="nonsense")
    assert caught.value.response["Error"]["Code"] == "ValidationException"
    with pytest.raises(ClientError) as caught:
        iterator(streams, arn, "AFTER_SEQUENCE_NUMBER", SequenceNumber="1" + "0" * 20)
    assert caught.value.response["Error"]["Code"] == "TrimmedDataAccessException"


def test_streams_are_enabled_listed_and_end(db, streams):
    name = unique("later")
    db.create_table(
        TableName=name, BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "p", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "p", "KeyType": "HASH"}])
    assert streams.list_streams(TableName=name)["Streams"] == []
    on = {"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"}
    arn = db.update_table(TableName=name, StreamSpecification=on)["TableDescription"]["LatestStreamArn"]
    assert db.describe_table(TableName=name)["Table"]["StreamSpecification"] == on
    with pytest.raises(ClientError) as caught:
        db.update_table(TableName=name, StreamSpecification=on)
    assert caught.value.response["Error"]["Code"] == "ValidationException"
    assert [stream["StreamArn"] for stream in streams.list_streams(TableName=name)["Streams"]] == [arn]
    assert arn in [s["StreamArn"] for page in _pages(streams) for s in page["Streams"]]
    db.put_item(TableName=name, Item={"p": {"S": "a"}})
    db.update_table(TableName=name, StreamSpecification={"StreamEnabled": False})
    db.put_item(TableName=name, Item={"p": {"S": "b"}})
    description = streams.describe_stream(StreamArn=arn)["StreamDescription"]
    assert description["StreamStatus"] == "DISABLED"
    assert description["Shards"][0]["SequenceNumberRange"]["EndingSequenceNumber"]
    page = streams.get_records(ShardIterator=iterator(streams, arn))
    assert len(page["Records"]) == 1 and "NextShardIterator" not in page
    assert "StreamSpecification" not in db.describe_table(TableName=name)["Table"]
    db.delete_table(TableName=name)
    assert len(records(streams, arn)) == 1
    with pytest.raises(ClientError) as caught:
        streams.describe_stream(StreamArn=arn.replace(name, "nowhere"))
    assert caught.value.response["Error"]["Code"] == "ResourceNotFoundException"


def _pages(streams):
    page = streams.list_streams(Limit=1)
    yield page
    while "LastEvaluatedStreamArn" in page:
        page = streams.list_streams(Limit=1, ExclusiveStartStreamArn=page["LastEvaluatedStreamArn"])
        yield page


def test_batches_and_transactions_become_records_too(db, streams):
    name, arn = create(db, "NEW_AND_OLD_IMAGES")
    db.batch_write_item(RequestItems={name: [{"PutRequest": {"Item": {"p": {"S": p}}}} for p in "abc"]})
    db.transact_write_items(TransactItems=[
        {"Delete": {"TableName": name, "Key": {"p": {"S": "a"}}}},
        {"Update": {
            "TableName": name, "Key": {"p": {"S": "b"}}, "UpdateExpression": "SET v = :v",
            "ExpressionAttributeValues": {":v": {"S": "x"}}}},
        {"ConditionCheck": {
            "TableName": name, "Key": {"p": {"S": "c"}}, "ConditionExpression": "attribute_exists(p)"}},
    ])
    assert [record["eventName"] for record in records(streams, arn)] == ["INSERT"] * 3 + ["REMOVE", "MODIFY"]
