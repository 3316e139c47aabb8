"""What is done with tables themselves: changed, tagged, protected, described, and what they cost."""

import json
import urllib.request

import pytest
from botocore.exceptions import ClientError
from conftest import eventually, unique


@pytest.fixture(scope="module")
def db(endpoint):
    return endpoint.client("dynamodb")


@pytest.fixture
def table(db):
    name = unique("table")
    db.create_table(
        TableName=name, ProvisionedThroughput={"ReadCapacityUnits": 5, "WriteCapacityUnits": 5},
        AttributeDefinitions=[
            {"AttributeName": name_, "AttributeType": kind} for name_, kind in (("p", "S"), ("s", "N"), ("l", "S"), ("g", "S"))],
        KeySchema=[{"AttributeName": "p", "KeyType": "HASH"}, {"AttributeName": "s", "KeyType": "RANGE"}],
        LocalSecondaryIndexes=[{
            "IndexName": "local", "Projection": {"ProjectionType": "KEYS_ONLY"},
            "KeySchema": [{"AttributeName": "p", "KeyType": "HASH"}, {"AttributeName": "l", "KeyType": "RANGE"}]}],
        GlobalSecondaryIndexes=[{
            "IndexName": "global", "Projection": {"ProjectionType": "ALL"},
            "KeySchema": [{"AttributeName": "g", "KeyType": "HASH"}],
            "ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 1}}],
        Tags=[{"Key": "team", "Value": "blue"}])
    yield name
    db.update_table(TableName=name, DeletionProtectionEnabled=False)
    db.delete_table(TableName=name)


def describe(db, table):
    return db.describe_table(TableName=table)["Table"]


def refused(call, **arguments):
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    return f"{caught.value.response['Error']['Code']}: {caught.value.response['Error']['Message']}"


def test_throughput_and_billing_change(db, table):
    db.update_table(TableName=table, ProvisionedThroughput={"ReadCapacityUnits": 9, "WriteCapacityUnits": 2})
    units = describe(db, table)["ProvisionedThroughput"]
    assert (units["ReadCapacityUnits"], units["WriteCapacityUnits"]) == (9, 2)
    assert "will not change" in refused(
        db.update_table, TableName=table, ProvisionedThroughput={"ReadCapacityUnits": 9, "WriteCapacityUnits": 2})
    db.update_table(TableName=table, BillingMode="PAY_PER_REQUEST")
    assert describe(db, table)["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
    assert describe(db, table)["GlobalSecondaryIndexes"][0]["ProvisionedThroughput"]["ReadCapacityUnits"] == 0
    assert "At least one of" in refused(db.update_table, TableName=table)


def test_a_protected_table_stays(db, table):
    db.update_table(TableName=table, DeletionProtectionEnabled=True)
    assert describe(db, table)["DeletionProtectionEnabled"] is True
    assert refused(db.delete_table, TableName=table) == (
        "ValidationException: Resource cannot be deleted as it is currently protected against deletion. Disable deletion "
        "protection first.")


def test_indexes_come_and_go(db, table):
    for number in range(5):
        db.put_item(TableName=table, Item={"p": {"S": "a"}, "s": {"N": str(number)}, "n": {"S": "new"}})
    answer = db.update_table(
        TableName=table, AttributeDefinitions=[{"AttributeName": "n", "AttributeType": "S"}],
        GlobalSecondaryIndexUpdates=[{"Create": {
            "IndexName": "later", "Projection": {"ProjectionType": "KEYS_ONLY"},
            "KeySchema": [{"AttributeName": "n", "KeyType": "HASH"}],
            "ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 1}}}])["TableDescription"]
    assert answer["TableStatus"] == "UPDATING"
    assert answer["GlobalSecondaryIndexes"][1]["IndexStatus"] == "CREATING"
    eventually(lambda: describe(db, table)["GlobalSecondaryIndexes"][1]["IndexStatus"] == "ACTIVE", "not filled")
    found = db.query(
        TableName=table, IndexName="later", KeyConditionExpression="n = :n",
        ExpressionAttributeValues={":n": {"S": "new"}})
    assert found["Count"] == 5
    db.update_table(TableName=table, GlobalSecondaryIndexUpdates=[{"Delete": {"IndexName": "later"}}])
    eventually(lambda: len(describe(db, table)["GlobalSecondaryIndexes"]) == 1, "not gone")
    assert "nowhere not found" in refused(
        db.update_table, TableName=table, GlobalSecondaryIndexUpdates=[{"Delete": {"IndexName": "nowhere"}}])


def test_tags(db, table):
    arn = describe(db, table)["TableArn"]
    db.tag_resource(ResourceArn=arn, Tags=[{"Key": "team", "Value": "red"}, {"Key": "stage", "Value": "test"}])
    assert db.list_tags_of_resource(ResourceArn=arn)["Tags"] == [
        {"Key": "team", "Value": "red"}, {"Key": "stage", "Value": "test"}]
    db.untag_resource(ResourceArn=arn, TagKeys=["team"])
    assert db.list_tags_of_resource(ResourceArn=arn)["Tags"] == [{"Key": "stage", "Value": "test"}]
    assert refused(db.list_tags_of_resource, ResourceArn=arn + "x").startswith("ResourceNotFoundException")


def test_the_account(db, table):
    assert db.describe_limits()["TableMaxReadCapacityUnits"] == 40000
    assert db.describe_endpoints()["Endpoints"][0]["Address"].startswith("127.0.0.1:")
    backups = db.describe_continuous_backups(TableName=table)["ContinuousBackupsDescription"]
    assert backups["ContinuousBackupsStatus"] == "ENABLED"
    assert refused(db.describe_continuous_backups, TableName="nowhere").startswith("TableNotFoundException")


def test_what_operations_cost(db, table):
    item = {"p": {"S": "a"}, "s": {"N": "1"}, "l": {"S": "l"}, "g": {"S": "g"}, "rest": {"S": "x" * 1500}}
    put = db.put_item(TableName=table, Item=item, ReturnConsumedCapacity="INDEXES", ReturnItemCollectionMetrics="SIZE")
    assert put["ConsumedCapacity"] == {
        "TableName": table, "CapacityUnits": 5.0, "Table": {"CapacityUnits": 2.0},
        "LocalSecondaryIndexes": {"local": {"CapacityUnits": 1.0}},
        "GlobalSecondaryIndexes": {"global": {"CapacityUnits": 2.0}}}
    assert put["ItemCollectionMetrics"]["ItemCollectionKey"] == {"p": {"S": "a"}}
    got = db.get_item(
        TableName=table, Key={"p": {"S": "a"}, "s": {"N": "1"}}, ConsistentRead=True, ReturnConsumedCapacity="TOTAL")
    assert got["ConsumedCapacity"] == {"TableName": table, "CapacityUnits": 1.0}
    found = db.query(
        TableName=table, IndexName="global", KeyConditionExpression="g = :g",
        ExpressionAttributeValues={":g": {"S": "g"}}, ReturnConsumedCapacity="INDEXES")
    assert found["ConsumedCapacity"]["GlobalSecondaryIndexes"] == {"global": {"CapacityUnits": 0.5}}
    wrote = db.transact_write_items(ReturnConsumedCapacity="TOTAL", TransactItems=[
        {"Put": {"TableName": table, "Item": {"p": {"S": "t"}, "s": {"N": "1"}}}}])
    assert wrote["ConsumedCapacity"] == [{"TableName": table, "CapacityUnits": 2.0, "WriteCapacityUnits": 2.0}]
    batch = db.batch_write_item(ReturnConsumedCapacity="TOTAL", RequestItems={table: [
        {"DeleteRequest": {"Key": {"p": {"S": "t"}, "s": {"N": "1"}}}}]})
    assert batch["ConsumedCapacity"] == [{"TableName": table, "CapacityUnits": 1.0}]


@pytest.mark.parametrize("change, message", [
    ({"KeySchema": [{"AttributeName": "x", "KeyType": "HASH"}]}, "Some index key attributes are not defined"),
    ({"BillingMode": "PROVISIONED"}, "ReadCapacityUnits and WriteCapacityUnits must both be specified"),
    ({"TableName": "a b"}, "failed to satisfy constraint: Member must satisfy regular expression"),
    ({"StreamSpecification": {"StreamEnabled": True}}, "StreamViewType must be specified"),
    ({"LocalSecondaryIndexes": [{
        "IndexName": "local", "Projection": {"ProjectionType": "ALL"},
        "KeySchema": [{"AttributeName": "p", "KeyType": "HASH"}]}]}, "Table KeySchema does not have a range key"),
    ({"GlobalSecondaryIndexes": [{
        "IndexName": "global", "Projection": {"ProjectionType": "INCLUDE"},
        "KeySchema": [{"AttributeName": "p", "KeyType": "HASH"}]}]}, "NonKeyAttributes is not specified"),
])
def test_a_table_that_cannot_be_is_refused(db, change, message):
    wish = {
        "TableName": unique("bad"), "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": "p", "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": "p", "KeyType": "HASH"}], **change}
    assert message in refused(db.create_table, **wish)


def test_calls_and_sizes_are_told_to_those_who_watch(endpoint, db, table):
    with urllib.request.urlopen(f"{endpoint.url}/_fntop/events", timeout=20) as events:
        db.put_item(TableName=table, Item={"p": {"S": "seen"}, "s": {"N": "1"}, "l": {"S": "x"}})
        call = described = None
        while not (call and described):
            event = json.loads(events.readline())
            if event.get("call", {}).get("operation") == "PutItem" and event["call"].get("resource") == table:
                call = event["call"]
            if event.get("table", {}).get("name") == table and event["table"]["items"] == 1:
                described = event["table"]
    assert call["usage"] == {"readUnits": 0, "writeUnits": 2, "items": 1, "partitionKey": "seen"}
    assert call["requestBytes"] > 50 and call["responseBytes"] == 2
    assert {index["name"] for index in described["indexes"]} == {"local", "global"}
