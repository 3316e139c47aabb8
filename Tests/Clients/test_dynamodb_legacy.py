"""The parameters from before there were expressions, and what both kinds together are told."""

import pytest
from botocore.exceptions import ClientError
from conftest import unique

KEY = {"p": {"S": "a"}, "s": {"N": "1"}}


@pytest.fixture(scope="module")
def db(endpoint):
    return endpoint.client("dynamodb")


@pytest.fixture
def table(db):
    name = unique("legacy")
    db.create_table(
        TableName=name, BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[
            {"AttributeName": "p", "AttributeType": "S"}, {"AttributeName": "s", "AttributeType": "N"}],
        KeySchema=[{"AttributeName": "p", "KeyType": "HASH"}, {"AttributeName": "s", "KeyType": "RANGE"}])
    for number in range(6):
        db.put_item(TableName=name, Item={
            "p": {"S": "a"}, "s": {"N": str(number)}, "n": {"N": str(number * 10)}, "t": {"S": f"text{number}"},
            "set": {"SS": ["x", f"y{number}"]}})
    yield name
    db.delete_table(TableName=name)


def refused(call, **arguments):
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    return f"{caught.value.response['Error']['Code']}: {caught.value.response['Error']['Message']}"


def sorts(page):
    return [int(item["s"]["N"]) for item in page["Items"]]


def condition(operator, *values):
    values = [{"S": v} if isinstance(v, str) else {"N": str(v)} for v in values]
    return {"ComparisonOperator": operator, **({"AttributeValueList": values} if values else {})}


@pytest.mark.parametrize("sort, expected", [
    (condition("EQ", 2), [2]), (condition("LT", 2), [0, 1]), (condition("LE", 2), [0, 1, 2]), (condition("GT", 4), [5]),
    (condition("GE", 4), [4, 5]), (condition("BETWEEN", 1, 3), [1, 2, 3]), (None, [0, 1, 2, 3, 4, 5]),
])
def test_key_conditions(db, table, sort, expected):
    keys = {"p": condition("EQ", "a"), **({"s": sort} if sort else {})}
    assert sorts(db.query(TableName=table, KeyConditions=keys)) == expected


@pytest.mark.parametrize("filters, operator, expected", [
    ({"n": condition("NE", 20)}, None, [0, 1, 3, 4, 5]), ({"n": condition("IN", 10, 30)}, None, [1, 3]),
    ({"t": condition("BEGINS_WITH", "text")}, None, [0, 1, 2, 3, 4, 5]), ({"t": condition("CONTAINS", "t3")}, None, [3]),
    ({"set": condition("CONTAINS", "y4")}, None, [4]), ({"set": condition("NOT_CONTAINS", "y4")}, None, [0, 1, 2, 3, 5]),
    ({"none": condition("NULL")}, None, [0, 1, 2, 3, 4, 5]), ({"none": condition("NOT_NULL")}, None, []),
    ({"n": condition("GT", 10), "t": condition("EQ", "text0")}, "OR", [0, 2, 3, 4, 5]),
    ({"n": condition("GT", 10), "t": condition("EQ", "text2")}, "AND", [2]),
])
def test_filters(db, table, filters, operator, expected):
    more = {"ConditionalOperator": operator} if operator else {}
    assert sorts(db.scan(TableName=table, ScanFilter=filters, **more)) == expected
    keys = {"p": condition("EQ", "a")}
    assert sorts(db.query(TableName=table, KeyConditions=keys, QueryFilter=filters, **more)) == expected


def test_expected(db, table):
    def put(**expected):
        db.put_item(TableName=table, Item={**KEY, "n": {"N": "10"}}, Expected=expected)

    put(n={"Value": {"N": "10"}})
    put(other={"Exists": False})
    put(n=condition("GE", 10))
    assert refused(put, n={"Value": {"N": "11"}}) == (
        "ConditionalCheckFailedException: The conditional request failed")
    assert refused(put, n={"Exists": False}).startswith("ConditionalCheckFailedException")
    assert refused(put, n={"Exists": True}).startswith("ValidationException: One or more parameter values were invalid: Value")
    assert refused(put, n={"Exists": False, "Value": {"N": "1"}}).endswith("Exists is false for Attribute: n")
    assert refused(put, n=condition("BETWEEN", 1)).endswith("Invalid number of argument(s) for the BETWEEN ComparisonOperator")
    assert refused(put, n=condition("BEGINS_WITH", 1)).endswith(
        "ComparisonOperator BEGINS_WITH is not valid for N AttributeValue type")


def test_attribute_updates_and_attributes_to_get(db, table):
    new = db.update_item(TableName=table, Key=KEY, ReturnValues="UPDATED_NEW", AttributeUpdates={
        "n": {"Action": "ADD", "Value": {"N": "5"}}, "t": {"Action": "DELETE"}, "u": {"Value": {"S": "new"}},
        "set": {"Action": "DELETE", "Value": {"SS": ["x"]}}})
    assert new["Attributes"] == {"n": {"N": "15"}, "u": {"S": "new"}, "set": {"SS": ["y1"]}}
    got = db.get_item(TableName=table, Key=KEY, AttributesToGet=["n", "t", "u"])
    assert got["Item"] == {"n": {"N": "15"}, "u": {"S": "new"}}
    batch = db.batch_get_item(RequestItems={table: {"Keys": [KEY], "AttributesToGet": ["u"]}})
    assert batch["Responses"][table] == [{"u": {"S": "new"}}]


def test_both_kinds_together_are_refused(db, table):
    both = "ValidationException: Can not use both expression and non-expression parameters in the same request: "
    assert refused(db.get_item, TableName=table, Key=KEY, AttributesToGet=["n"], ProjectionExpression="n") == (
        both + "Non-expression parameters: {AttributesToGet} Expression parameters: {ProjectionExpression}")
    assert refused(
        db.update_item, TableName=table, Key=KEY, AttributeUpdates={"n": {"Action": "DELETE"}},
        UpdateExpression="REMOVE n") == (
        both + "Non-expression parameters: {AttributeUpdates} Expression parameters: {UpdateExpression}")
    assert refused(db.scan, TableName=table, ConditionalOperator="OR") == (
        "ValidationException: ConditionalOperator cannot be used without Filter or Expected")
    assert refused(
        db.scan, TableName=table, ConditionalOperator="OR", ScanFilter={"n": condition("NULL")}) == (
        "ValidationException: ConditionalOperator can only be used when Filter or Expected has two or more elements")
    assert refused(db.query, TableName=table, KeyConditions={"p": condition("EQ", "a"), "s": condition("NE", 1)}) == (
        "ValidationException: Attempted conditional constraint is not an indexable operation")
