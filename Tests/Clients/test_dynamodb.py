"""Tables as boto3 and aws cli see them: every operation, its pages, and its errors word for word."""

import json
from decimal import Decimal

import boto3
import pytest
from boto3.dynamodb.conditions import Attr, Key
from botocore.exceptions import ClientError
from conftest import unique


@pytest.fixture(scope="module")
def db(endpoint):
    return endpoint.client("dynamodb")


@pytest.fixture
def table(db):
    """A table with partition key p (S), sort key s (N), a global index by color and a local one by weight."""
    name = unique("table")
    db.create_table(
        TableName=name, BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[
            {"AttributeName": "p", "AttributeType": "S"}, {"AttributeName": "s", "AttributeType": "N"},
            {"AttributeName": "color", "AttributeType": "S"}, {"AttributeName": "weight", "AttributeType": "N"},
        ],
        KeySchema=[{"AttributeName": "p", "KeyType": "HASH"}, {"AttributeName": "s", "KeyType": "RANGE"}],
        GlobalSecondaryIndexes=[{
            "IndexName": "byColor", "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["note"]},
            "KeySchema": [{"AttributeName": "color", "KeyType": "HASH"}, {"AttributeName": "weight", "KeyType": "RANGE"}],
        }],
        LocalSecondaryIndexes=[{
            "IndexName": "byWeight", "Projection": {"ProjectionType": "ALL"},
            "KeySchema": [{"AttributeName": "p", "KeyType": "HASH"}, {"AttributeName": "weight", "KeyType": "RANGE"}],
        }],
    )
    db.get_waiter("table_exists").wait(TableName=name)
    yield name
    db.delete_table(TableName=name)


def key(p, s):
    return {"p": {"S": p}, "s": {"N": str(s)}}


def fill(db, table, count, p="a"):
    for start in range(0, count, 25):
        db.batch_write_item(RequestItems={table: [
            {"PutRequest": {"Item": {
                **key(p, s), "color": {"S": "red" if s % 2 else "blue"}, "weight": {"N": str(s % 7)}, "note": {"S": f"n{s}"},
                "rest": {"S": "r"},
            }}} for s in range(start, min(start + 25, count))
        ]})


def error(call, **arguments):
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    return caught.value.response


def refused(call, **arguments):
    response = error(call, **arguments)
    assert response["Error"]["Code"] == "ValidationException"
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 400
    return response["Error"]["Message"]


def test_a_table_comes_is_described_and_goes(db, table):
    description = db.describe_table(TableName=table)["Table"]
    assert description["TableStatus"] == "ACTIVE" and description["ItemCount"] == 0
    assert description["TableArn"].endswith(f":table/{table}")
    assert description["GlobalSecondaryIndexes"][0]["IndexStatus"] == "ACTIVE"
    assert description["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
    again = error(
        db.create_table, TableName=table, BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "p", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "p", "KeyType": "HASH"}],
    )
    assert again["Error"] == {"Code": "ResourceInUseException", "Message": f"Table already exists: {table}"}
    assert db.describe_table(TableName=description["TableArn"])["Table"]["TableName"] == table


def test_tables_are_listed_by_pages(db):
    names = sorted(unique("list") for _ in range(5))
    for name in names:
        db.create_table(
            TableName=name, BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "p", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "p", "AttributeType": "S"}])
    pages = list(db.get_paginator("list_tables").paginate(PaginationConfig={"PageSize": 2}))
    assert [name for page in pages for name in page["TableNames"] if name in names] == names
    assert len(pages) > 2
    for name in names:
        assert db.delete_table(TableName=name)["TableDescription"]["TableStatus"] == "DELETING"
    db.get_waiter("table_not_exists").wait(TableName=names[0])


def test_what_is_not_there_is_not_found(db):
    missing = "Requested resource not found"
    for call in (db.describe_table, db.delete_table, db.describe_time_to_live):
        found = error(call, TableName="nowhere")["Error"]
        assert found == {"Code": "ResourceNotFoundException", "Message": f"{missing}: Table: nowhere not found"}
    for call, more in (
        (db.get_item, {"Key": key("a", 1)}), (db.put_item, {"Item": key("a", 1)}), (db.scan, {}),
        (db.delete_item, {"Key": key("a", 1)}), (db.update_item, {"Key": key("a", 1)}),
        (db.query, {"KeyConditionExpression": "p = :p", "ExpressionAttributeValues": {":p": {"S": "a"}}}),
    ):
        assert error(call, TableName="nowhere", **more)["Error"] == {
            "Code": "ResourceNotFoundException", "Message": missing}
    for call, item in (
        (db.transact_write_items, {"Put": {"TableName": "nowhere", "Item": key("a", 1)}}),
        (db.transact_get_items, {"Get": {"TableName": "nowhere", "Key": key("a", 1)}}),
    ):
        assert error(call, TransactItems=[item])["Error"]["Code"] == "ResourceNotFoundException"


def test_every_type_survives(db, endpoint, table):
    resource = boto3.resource(
        "dynamodb", endpoint_url=endpoint.url, region_name="us-east-1", aws_access_key_id="test",
        aws_secret_access_key="test").Table(table)
    item = {
        "p": "é\u0301\U0001f600", "s": Decimal("-1.25"), "big": Decimal("12345678901234567890123456789012345678"),
        "bytes": b"\x00\xff", "yes": True, "none": None, "list": [Decimal(1), "x", [b"z"]], "map": {"a": {"b": {}}},
        "texts": {"a", "b"}, "numbers": {Decimal(1), Decimal("2.5")}, "blobs": {b"1", b"2"}, "empty": "",
    }
    resource.put_item(Item=item)
    got = resource.get_item(Key={"p": item["p"], "s": item["s"]}, ConsistentRead=True)["Item"]
    got["bytes"], got["list"][2] = bytes(got["bytes"]), [bytes(part) for part in got["list"][2]]
    got["blobs"] = {bytes(part) for part in got["blobs"]}
    assert got == item


def test_put_get_delete_and_what_they_return(db, table):
    assert "Attributes" not in db.put_item(TableName=table, Item={**key("a", 1), "v": {"S": "1"}}, ReturnValues="ALL_OLD")
    old = db.put_item(
        TableName=table, Item={**key("a", 1), "v": {"S": "2"}}, ReturnValues="ALL_OLD", ReturnConsumedCapacity="TOTAL")
    assert old["Attributes"]["v"] == {"S": "1"}
    assert old["ConsumedCapacity"] == {"TableName": table, "CapacityUnits": 1.0}
    got = db.get_item(TableName=table, Key=key("a", 1), ProjectionExpression="#v", ExpressionAttributeNames={"#v": "v"})
    assert got["Item"] == {"v": {"S": "2"}}
    assert db.delete_item(TableName=table, Key=key("a", 1), ReturnValues="ALL_OLD")["Attributes"]["v"] == {"S": "2"}
    assert "Item" not in db.get_item(TableName=table, Key=key("a", 1))
    assert "Attributes" not in db.delete_item(TableName=table, Key=key("a", 1), ReturnValues="ALL_OLD")


@pytest.mark.parametrize("wish, expected", [
    ("NONE", None),
    ("ALL_OLD", {**key("a", 1), "n": {"N": "1"}, "m": {"M": {"x": {"S": "1"}, "y": {"S": "2"}}}}),
    ("ALL_NEW", {**key("a", 1), "n": {"N": "3"}, "m": {"M": {"x": {"S": "9"}, "y": {"S": "2"}}}}),
    ("UPDATED_OLD", {"n": {"N": "1"}, "m": {"M": {"x": {"S": "1"}}}}),
    ("UPDATED_NEW", {"n": {"N": "3"}, "m": {"M": {"x": {"S": "9"}}}}),
])
def test_an_update_returns_what_is_asked_for(db, table, wish, expected):
    db.put_item(TableName=table, Item={
        **key("a", 1), "n": {"N": "1"}, "m": {"M": {"x": {"S": "1"}, "y": {"S": "2"}}}})
    answer = db.update_item(
        TableName=table, Key=key("a", 1), UpdateExpression="ADD n :two SET m.x = :nine", ReturnValues=wish,
        ExpressionAttributeValues={":two": {"N": "2"}, ":nine": {"S": "9"}})
    assert answer.get("Attributes") == expected


def test_an_update_makes_an_item_unless_it_only_removes(db, table):
    db.update_item(TableName=table, Key=key("a", 1), UpdateExpression="REMOVE x")
    assert "Item" not in db.get_item(TableName=table, Key=key("a", 1))
    db.update_item(
        TableName=table, Key=key("a", 1), UpdateExpression="SET x = :x", ExpressionAttributeValues={":x": {"NULL": True}})
    assert db.get_item(TableName=table, Key=key("a", 1))["Item"] == {**key("a", 1), "x": {"NULL": True}}


def test_a_condition_that_fails_says_so_and_shows_the_item(db, table):
    item = {**key("a", 1), "v": {"S": "1"}}
    db.put_item(TableName=table, Item=item)
    for call, more in (
        (db.put_item, {"Item": key("a", 1)}), (db.delete_item, {"Key": key("a", 1)}),
        (db.update_item, {"Key": key("a", 1), "UpdateExpression": "SET w = p"}),
    ):
        failed = error(call, TableName=table, ConditionExpression="attribute_not_exists(p)", **more)
        assert failed["Error"] == {
            "Code": "ConditionalCheckFailedException", "Message": "The conditional request failed"}
        assert "Item" not in failed
        failed = error(
            call, TableName=table, ConditionExpression="attribute_not_exists(p)",
            ReturnValuesOnConditionCheckFailure="ALL_OLD", **more)
        assert failed["Item"] == item
    assert db.get_item(TableName=table, Key=key("a", 1))["Item"] == item


@pytest.mark.parametrize("forward", [True, False])
def test_a_query_gives_a_partition_by_pages_in_both_directions(db, table, forward):
    fill(db, table, 53)
    fill(db, table, 3, p="other")
    pages = list(db.get_paginator("query").paginate(
        TableName=table, KeyConditionExpression="p = :p AND s BETWEEN :low AND :high", ScanIndexForward=forward,
        ExpressionAttributeValues={":p": {"S": "a"}, ":low": {"N": "2"}, ":high": {"N": "50"}},
        PaginationConfig={"PageSize": 7}))
    numbers = [int(item["s"]["N"]) for page in pages for item in page["Items"]]
    assert numbers == sorted(range(2, 51), reverse=not forward)
    assert all(page["Count"] <= 7 for page in pages)


@pytest.mark.parametrize("forward", [True, False])
@pytest.mark.parametrize("index, condition, value", [
    ("byColor", "color = :v", "red"), ("byWeight", "p = :v", "a"),
])
def test_an_index_is_queried_by_pages(db, table, index, condition, value, forward):
    fill(db, table, 30)
    db.put_item(TableName=table, Item=key("a", 99))
    pages = list(db.get_paginator("query").paginate(
        TableName=table, IndexName=index, KeyConditionExpression=condition, ScanIndexForward=forward,
        ExpressionAttributeValues={":v": {"S": value}}, PaginationConfig={"PageSize": 4}))
    found = [(int(item["weight"]["N"]), int(item["s"]["N"])) for page in pages for item in page["Items"]]
    expected = [(s % 7, s) for s in range(30) if index == "byWeight" or s % 2]
    assert found == sorted(expected, reverse=not forward)
    attributes = set(pages[0]["Items"][0])
    assert attributes == {"p", "s", "color", "weight", "note"} | ({"rest"} if index == "byWeight" else set())


def test_a_filter_leaves_out_and_count_only_counts(db, table):
    fill(db, table, 20)
    more = {"FilterExpression": "color = :red", "ExpressionAttributeValues": {":p": {"S": "a"}, ":red": {"S": "red"}}}
    page = db.query(TableName=table, KeyConditionExpression="p = :p", **more)
    assert (page["Count"], page["ScannedCount"], len(page["Items"])) == (10, 20, 10)
    page = db.query(TableName=table, KeyConditionExpression="p = :p", Select="COUNT", **more)
    assert (page["Count"], page["ScannedCount"]) == (10, 20) and "Items" not in page


def test_a_scan_gives_each_item_once_by_pages_and_segments(db, table):
    for p in range(20):
        fill(db, table, 3, p=f"p{p}")
    expected = {(f"p{p}", str(s)) for p in range(20) for s in range(3)}
    for segments in ([{}], [{"Segment": n, "TotalSegments": 3} for n in range(3)]):
        found = [
            (item["p"]["S"], item["s"]["N"]) for segment in segments
            for page in db.get_paginator("scan").paginate(TableName=table, PaginationConfig={"PageSize": 7}, **segment)
            for item in page["Items"]
        ]
        assert len(found) == 60 and set(found) == expected
    assert db.scan(TableName=table, IndexName="byColor", Select="COUNT")["Count"] == 60


def test_a_page_ends_at_a_megabyte(db, table):
    for s in range(5):
        db.put_item(TableName=table, Item={**key("a", s), "v": {"S": "x" * 300_000}})
    page = db.scan(TableName=table)
    assert page["Count"] == 4 and page["LastEvaluatedKey"] == key("a", 3)
    assert db.scan(TableName=table, ExclusiveStartKey=page["LastEvaluatedKey"])["Count"] == 1


def test_the_resource_builds_conditions_that_are_understood(endpoint, table, db):
    fill(db, table, 10)
    resource = boto3.resource(
        "dynamodb", endpoint_url=endpoint.url, region_name="us-east-1", aws_access_key_id="test",
        aws_secret_access_key="test").Table(table)
    found = resource.query(
        KeyConditionExpression=Key("p").eq("a") & Key("s").gte(3),
        FilterExpression=(Attr("color").eq("red") | Attr("note").begins_with("n8")) & ~Attr("gone").exists()
        & Attr("note").size().gt(1) & Attr("color").is_in(["red", "blue"]) & Attr("note").contains("n"))
    assert [int(item["s"]) for item in found["Items"]] == [3, 5, 7, 8, 9]
    with resource.batch_writer(overwrite_by_pkeys=["p", "s"]) as batch:
        for s in range(60):
            batch.put_item(Item={"p": "batch", "s": s})
        batch.delete_item(Key={"p": "batch", "s": 0})
    assert resource.query(KeyConditionExpression=Key("p").eq("batch"), Select="COUNT")["Count"] == 59


def test_batches(db, table):
    fill(db, table, 10)
    got = db.batch_get_item(RequestItems={table: {
        "Keys": [key("a", s) for s in (1, 5, 77)], "ProjectionExpression": "s"}})
    assert got["Responses"] == {table: [{"s": {"N": "1"}}, {"s": {"N": "5"}}]} and got["UnprocessedKeys"] == {}
    twice = [{"DeleteRequest": {"Key": key("a", 1)}}, {"PutRequest": {"Item": key("a", 1)}}]
    assert refused(db.batch_write_item, RequestItems={table: twice}) == "Provided list of item keys contains duplicates"
    assert "Item" in db.get_item(TableName=table, Key=key("a", 1))
    assert refused(db.batch_get_item, RequestItems={table: {"Keys": [key("a", 1)] * 2}}) == (
        "Provided list of item keys contains duplicates")
    assert refused(db.batch_get_item, RequestItems={table: {"Keys": [key("a", s) for s in range(101)]}}) == (
        "Too many items requested for the BatchGetItem call")
    many = [{"DeleteRequest": {"Key": key("a", s)}} for s in range(26)]
    assert "Member must have length less than or equal to 25" in refused(db.batch_write_item, RequestItems={table: many})


def test_a_transaction_does_all_or_nothing(db, table):
    db.put_item(TableName=table, Item={**key("a", 1), "n": {"N": "1"}})
    update = {"Update": {
        "TableName": table, "Key": key("a", 1), "UpdateExpression": "ADD n :one",
        "ExpressionAttributeValues": {":one": {"N": "1"}}}}
    check = {"ConditionCheck": {"TableName": table, "Key": key("a", 2), "ConditionExpression": "attribute_not_exists(p)"}}
    put = {"Put": {"TableName": table, "Item": key("a", 3)}}
    db.transact_write_items(TransactItems=[update, check, put])
    taken = {"Put": {
        "TableName": table, "Item": key("a", 3), "ConditionExpression": "attribute_not_exists(p)",
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}}
    failed = error(db.transact_write_items, TransactItems=[update, taken, {"Delete": {"TableName": table, "Key": key("a", 9)}}])
    assert failed["Error"] == {
        "Code": "TransactionCanceledException",
        "Message": "Transaction cancelled, please refer cancellation reasons for specific reasons "
        "[None, ConditionalCheckFailed, None]",
    }
    assert failed["CancellationReasons"] == [
        {"Code": "None"},
        {"Code": "ConditionalCheckFailed", "Message": "The conditional request failed", "Item": key("a", 3)},
        {"Code": "None"},
    ]
    got = db.transact_get_items(TransactItems=[{"Get": {"TableName": table, "Key": key("a", s)}} for s in (1, 8)])
    assert got["Responses"] == [{"Item": {**key("a", 1), "n": {"N": "2"}}}, {}]
    assert refused(db.transact_write_items, TransactItems=[put, taken]) == (
        "Transaction request cannot include multiple operations on one item")
    assert refused(db.transact_write_items, TransactItems=[{**put, **update}]) == (
        "TransactItems can only contain one of Check, Put, Update or Delete")


@pytest.mark.parametrize("item, message", [
    ({"p": {"S": "a"}}, "One or more parameter values were invalid: Missing the key s in the item"),
    (
        {"p": {"N": "1"}, "s": {"N": "1"}},
        "One or more parameter values were invalid: Type mismatch for key p expected: S actual: N",
    ),
    (
        key("", 1),
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string "
        "value. Key: p",
    ),
    (
        {**key("a", 1), "color": {"N": "1"}},
        "One or more parameter values were invalid: Type mismatch for Index Key color Expected: S Actual: N "
        "IndexName: byColor",
    ),
    (
        key("a" * 2049, 1),
        "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes",
    ),
    ({**key("a", 1), "v": {"S": "x" * 409600}}, "Item size has exceeded the maximum allowed size"),
    ({**key("a", 1), "v": {"N": "x"}}, "The parameter cannot be converted to a numeric value: x"),
    ({**key("a", 1), "v": {"SS": []}}, "One or more parameter values were invalid: An string set  may not be empty"),
    (
        {**key("a", 1), "v": {"SS": ["a", "a"]}},
        "One or more parameter values were invalid: Input collection [a, a] contains duplicates.",
    ),
    (
        {**key("a", 1), "v": {}},
        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
    ),
    (
        {**key("a", 1), "v": {"S": "a", "N": "1"}},
        "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
    ),
])
def test_an_item_that_cannot_be_is_refused(db, table, item, message):
    assert refused(db.put_item, TableName=table, Item=item) == message


@pytest.mark.parametrize("more, message", [
    (
        {"ExpressionAttributeNames": {"#a": "a"}, "ConditionExpression": "attribute_exists(p)"},
        "Value provided in ExpressionAttributeNames unused in expressions: keys: {#a}",
    ),
    (
        {"ExpressionAttributeValues": {":a": {"S": "a"}}, "ConditionExpression": "attribute_exists(p)"},
        "Value provided in ExpressionAttributeValues unused in expressions: keys: {:a}",
    ),
    ({"ExpressionAttributeNames": {"#a": "a"}}, "ExpressionAttributeNames can only be specified when using expressions"),
    (
        {"ConditionExpression": "attribute_exists(size)"},
        "Invalid ConditionExpression: Attribute name is a reserved keyword; reserved keyword: size",
    ),
    ({"ReturnValues": "ALL_NEW"}, "ReturnValues can only be ALL_OLD or NONE"),
    ({"Key": {"p": {"S": "a"}}}, "The provided key element does not match the schema"),
])
def test_a_request_that_is_wrong_is_refused(db, table, more, message):
    assert refused(db.delete_item, **{"TableName": table, "Key": key("a", 1), **more}) == message


@pytest.mark.parametrize("condition, message", [
    ("s = :n", "Query condition missed key schema element: p"),
    ("p = :p AND x = :n", "Query condition missed key schema element: s"),
    ("p > :p", "Query key condition not supported"),
    ("p = :p OR s = :n", "Invalid operator used in KeyConditionExpression: OR"),
    ("p = :p AND s <> :n", "Invalid operator used in KeyConditionExpression: <>"),
    ("p = :p AND s > :n AND s < :n", "KeyConditionExpressions must only contain one condition per key"),
    ("p = :n", "One or more parameter values were invalid: Condition parameter type does not match schema type"),
])
def test_a_key_condition_that_is_none_is_refused(db, table, condition, message):
    values = {name: value for name, value in {":p": {"S": "a"}, ":n": {"N": "1"}}.items() if name in condition}
    assert refused(
        db.query, TableName=table, KeyConditionExpression=condition, ExpressionAttributeValues=values) == message


def test_a_query_that_does_not_suit_the_table_is_refused(db, table):
    query = {"TableName": table, "ExpressionAttributeValues": {":v": {"S": "a"}}, "KeyConditionExpression": "p = :v"}
    by_color = {**query, "IndexName": "byColor", "KeyConditionExpression": "color = :v"}
    assert refused(db.query, **query, IndexName="none") == "The table does not have the specified index: none"
    assert refused(db.query, **by_color, ConsistentRead=True) == (
        "Consistent reads are not supported on global secondary indexes")
    assert refused(db.query, **by_color, Select="ALL_ATTRIBUTES").endswith("because its projection type is not ALL")
    assert refused(db.query, **query, FilterExpression="s = :v") == (
        "Filter Expression can only contain non-primary key attributes: Primary key attribute: s")
    assert refused(db.query, **query, ExclusiveStartKey={"p": {"S": "a"}}) == "The provided starting key is invalid"
    assert refused(db.query, **query, ExclusiveStartKey=key("b", 1)) == (
        "The provided starting key is outside query boundaries based on provided conditions")


def test_the_time_to_live_is_kept(db, table):
    assert db.describe_time_to_live(TableName=table)["TimeToLiveDescription"] == {"TimeToLiveStatus": "DISABLED"}
    wish = {"Enabled": True, "AttributeName": "expires"}
    assert db.update_time_to_live(TableName=table, TimeToLiveSpecification=wish)["TimeToLiveSpecification"] == wish
    assert db.describe_time_to_live(TableName=table)["TimeToLiveDescription"] == {
        "TimeToLiveStatus": "ENABLED", "AttributeName": "expires"}
    assert refused(db.update_time_to_live, TableName=table, TimeToLiveSpecification=wish) == "TimeToLive is already enabled"


def test_what_is_not_served_says_so(db, table):
    answer = error(db.create_backup, TableName=table, BackupName="backup")
    assert answer["Error"]["Code"] == "NotImplemented" and "CreateBackup" in answer["Error"]["Message"]


def test_aws_cli_works_the_same(endpoint, table):
    words = ["--table-name", table]
    endpoint.aws("dynamodb", "put-item", *words, "--item", json.dumps({**key("a", 1), "v": {"BOOL": True}}))
    got = endpoint.aws("dynamodb", "get-item", *words, "--key", json.dumps(key("a", 1)))
    assert got["Item"]["v"] == {"BOOL": True}
    found = endpoint.aws(
        "dynamodb", "query", *words, "--key-condition-expression", "p = :p", "--expression-attribute-values",
        '{":p":{"S":"a"}}')
    assert found["Count"] == 1
    assert endpoint.aws("dynamodb", "scan", *words, "--max-items", "1")["Count"] == 1
    assert table in endpoint.aws("dynamodb", "list-tables")["TableNames"]
    failed = endpoint.run_aws("dynamodb", "get-item", *words, "--key", '{"p":{"S":"a"}}')
    assert failed.returncode != 0
    assert "The provided key element does not match the schema" in failed.stderr
