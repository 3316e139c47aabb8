"""`kill -9` in the middle of writes: what was acknowledged is there afterwards, and no transaction is there by half.

`CRASHES` says how often; `make test-long` takes 50.
"""

import os
import random
import threading
import time

import pytest
from botocore.exceptions import BotoCoreError, ClientError
from conftest import Endpoint

ROUNDS = int(os.environ.get("CRASHES", "4"))
WRITERS = 8


class Writer(threading.Thread):
    """Puts items and pairs of items, and remembers what was acknowledged."""

    def __init__(self, endpoint, number, start):
        super().__init__()
        self.db = endpoint.client("dynamodb")
        self.number, self.next = number, start
        self.acknowledged, self.pairs = {}, []

    def run(self):
        try:
            while True:
                self.next += 1
                if self.next % 3 == 0:
                    self.transact()
                else:
                    self.put()
        except (BotoCoreError, ClientError, ConnectionError):
            pass

    def put(self):
        # Every writer overwrites some of its own keys, so that the newest acknowledged value is known.
        key, value = f"w{self.number}-{self.next % 50}", str(self.next)
        self.pending = (key, value)
        self.db.put_item(TableName="crash", Item={"p": {"S": key}, "v": {"N": value}, "i": {"S": f"x{self.number}"}})
        self.acknowledged[key] = int(value)

    def transact(self):
        name = f"t{self.number}-{self.next}"
        self.pairs.append([name, False])
        self.db.transact_write_items(TransactItems=[
            {"Put": {"TableName": "crash", "Item": {"p": {"S": f"{name}-{side}"}, "v": {"N": str(self.next)}}}}
            for side in "ab"])
        self.pairs[-1][1] = True


def everything(db):
    pages = db.get_paginator("scan").paginate(TableName="crash", ConsistentRead=True)
    return {item["p"]["S"]: int(item["v"]["N"]) for page in pages for item in page["Items"]}


def test_nothing_acknowledged_is_lost_in_a_crash(tmp_path):
    endpoint = Endpoint("--data", str(tmp_path / "data"))
    endpoint.client("dynamodb").create_table(
        TableName="crash", BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": n, "AttributeType": "S"} for n in "pi"],
        KeySchema=[{"AttributeName": "p", "KeyType": "HASH"}],
        GlobalSecondaryIndexes=[{
            "IndexName": "byWriter", "Projection": {"ProjectionType": "KEYS_ONLY"},
            "KeySchema": [{"AttributeName": "i", "KeyType": "HASH"}]}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"})
    chance = random.Random(7)
    known, counters = {}, [0] * WRITERS
    for _ in range(ROUNDS):
        writers = [Writer(endpoint, number, counters[number]) for number in range(WRITERS)]
        for writer in writers:
            writer.start()
        time.sleep(chance.uniform(0.1, 0.5))
        endpoint.process.kill()
        endpoint.process.wait(timeout=10)
        for writer in writers:
            writer.join()
        endpoint.process.stdout.close()
        endpoint.process.stderr.close()
        endpoint = Endpoint("--data", str(tmp_path / "data"))
        db = endpoint.client("dynamodb")
        found = everything(db)
        for writer in writers:
            counters[writer.number] = writer.next
            known.update(writer.acknowledged)
            for name, is_acknowledged in writer.pairs:
                sides = [f"{name}-{side}" in found for side in "ab"]
                assert sides in ([True, True], [False, False]), f"half of the transaction {name}"
                assert sides[0] or not is_acknowledged, f"the acknowledged transaction {name} is lost"
        pending = dict(writer.pending for writer in writers if hasattr(writer, "pending"))
        for key, value in known.items():
            assert key in found and found[key] >= value, f"{key}: acknowledged {value}, found {found.get(key)}"
            assert found[key] == value or found[key] == int(pending.get(key, -1)), f"{key} has a value nobody wrote"
            known[key] = found[key]
        check_index(db, found)
    endpoint.stop()


def check_index(db, found):
    """The index and the counts are those of the items."""
    for number in range(WRITERS):
        pages = db.get_paginator("query").paginate(
            TableName="crash", IndexName="byWriter", KeyConditionExpression="i = :i",
            ExpressionAttributeValues={":i": {"S": f"x{number}"}})
        indexed = {item["p"]["S"] for page in pages for item in page["Items"]}
        assert indexed == {key for key in found if key.startswith(f"w{number}-")}
    assert db.describe_table(TableName="crash")["Table"]["ItemCount"] == len(found)


@pytest.mark.parametrize("stop", ["kill", "stop"])
def test_tables_are_there_again(tmp_path, stop):
    endpoint = Endpoint("--data", str(tmp_path / "data"))
    db = endpoint.client("dynamodb")
    db.create_table(
        TableName="kept", BillingMode="PAY_PER_REQUEST", Tags=[{"Key": "team", "Value": "blue"}],
        AttributeDefinitions=[{"AttributeName": "p", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "p", "KeyType": "HASH"}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"})
    db.update_time_to_live(TableName="kept", TimeToLiveSpecification={"Enabled": True, "AttributeName": "ttl"})
    item = {"p": {"S": "a"}, "n": {"N": "12345678901234567890123456789012345678"}, "s": {"SS": ["x", "y"]}}
    db.put_item(TableName="kept", Item=item)
    before = db.describe_table(TableName="kept")["Table"]
    if stop == "kill":
        endpoint.process.kill()
        endpoint.process.wait(timeout=10)
        endpoint.process.stdout.close()
        endpoint.process.stderr.close()
    else:
        endpoint.stop()

    endpoint = Endpoint("--data", str(tmp_path / "data"))
    db, streams = endpoint.client("dynamodb"), endpoint.client("dynamodbstreams")
    assert db.describe_table(TableName="kept")["Table"] == before
    assert db.get_item(TableName="kept", Key={"p": {"S": "a"}})["Item"] == item
    assert db.list_tags_of_resource(ResourceArn=before["TableArn"])["Tags"] == [{"Key": "team", "Value": "blue"}]
    assert db.describe_time_to_live(TableName="kept")["TimeToLiveDescription"]["AttributeName"] == "ttl"
    arn = before["LatestStreamArn"]
    shard = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"][0]["ShardId"]
    iterator = streams.get_shard_iterator(StreamArn=arn, ShardId=shard, ShardIteratorType="TRIM_HORIZON")
    records = streams.get_records(ShardIterator=iterator["ShardIterator"])["Records"]
    assert [record["dynamodb"]["NewImage"] for record in records] == [item]
    endpoint.stop()
