"""Many of everything: lists page with all there and none twice, screens count them, and memory stays bounded."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import Endpoint, eventually

TABLES, ROUTES, GROUPS, ITEMS = 300, 250, 1000, 5000


@pytest.fixture(scope="module")
def crowd():
    endpoint = Endpoint()
    yield endpoint
    endpoint.stop()


def each(work, numbers):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, numbers))


def pages(client, operation, member, size, **arguments):
    paginator = client.get_paginator(operation)
    found = list(paginator.paginate(**arguments, PaginationConfig={"PageSize": size}))
    return [entry for page in found for entry in page.get(member, [])], len(found)


def memory(endpoint):
    """Resident memory in MiB."""
    status = Path(f"/proc/{endpoint.process.pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) // 1024


def test_tables(crowd):
    client = crowd.client("dynamodb")
    each(lambda n: client.create_table(
        TableName=f"t-{n:04}", BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}]), range(TABLES))
    names, count = pages(client, "list_tables", "TableNames", 37)
    assert names == [f"t-{n:04}" for n in range(TABLES)] and count == -(-TABLES // 37)
    assert f"{TABLES} shown" in crowd.fntop("snapshot", "data", "--size", "160x48").stdout.decode()


def test_routes(crowd):
    client = crowd.client("apigatewayv2")
    api = client.create_api(Name="many", ProtocolType="HTTP")["ApiId"]
    integration = client.create_integration(
        ApiId=api, IntegrationType="AWS_PROXY", PayloadFormatVersion="2.0",
        IntegrationUri="arn:aws:lambda:us-east-1:000000000000:function:f")["IntegrationId"]
    each(lambda n: client.create_route(
        ApiId=api, RouteKey=f"GET /r{n}", Target=f"integrations/{integration}"), range(ROUTES))
    routes, _ = pages(client, "get_routes", "Items", 41, ApiId=api)
    assert sorted(route["RouteKey"] for route in routes) == sorted(f"GET /r{n}" for n in range(ROUTES))
    rest = crowd.client("apigateway")
    api = rest.create_rest_api(name="rest")["id"]
    root = rest.get_resources(restApiId=api)["items"][0]["id"]

    def add(n):
        resource = rest.create_resource(restApiId=api, parentId=root, pathPart=f"p{n}")["id"]
        rest.put_method(restApiId=api, resourceId=resource, httpMethod="GET", authorizationType="NONE")

    each(add, range(ROUTES))
    resources, _ = pages(rest, "get_resources", "items", 41, restApiId=api)
    assert sorted(resource["path"] for resource in resources) == sorted(["/"] + [f"/p{n}" for n in range(ROUTES)])
    assert f"{2 * ROUTES} routes of 2 APIs" in crowd.fntop("snapshot", "apis", "--size", "160x48").stdout.decode()


def test_log_groups(crowd):
    client = crowd.client("logs")
    each(lambda n: client.create_log_group(logGroupName=f"/app/{n:05}"), range(GROUPS))
    groups, count = pages(client, "describe_log_groups", "logGroups", 50, logGroupNamePrefix="/app/")
    assert [group["logGroupName"] for group in groups] == [f"/app/{n:05}" for n in range(GROUPS)]
    assert count == GROUPS // 50


def test_items(crowd):
    client = crowd.client("dynamodb")
    client.create_table(
        TableName="items", BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        AttributeDefinitions=[
            {"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "sk", "AttributeType": "N"}])

    def write(start):
        answer = client.batch_write_item(RequestItems={"items": [
            {"PutRequest": {"Item": {"pk": {"S": f"c-{n % 10}"}, "sk": {"N": str(n)}, "text": {"S": "x" * 400}}}}
            for n in range(start, start + 25)]})
        assert not answer["UnprocessedItems"]

    each(write, range(0, ITEMS, 25))
    items, count = pages(client, "scan", "Items", 700, TableName="items")
    assert sorted(int(item["sk"]["N"]) for item in items) == list(range(ITEMS)) and count >= ITEMS // 700
    whole = list(client.get_paginator("scan").paginate(TableName="items"))
    # A page ends at 1 MB.
    assert len(whole) > 1 and sum(page["Count"] for page in whole) == ITEMS
    backwards, _ = pages(
        client, "query", "Items", 33, TableName="items", ScanIndexForward=False,
        KeyConditionExpression="pk = :pk", ExpressionAttributeValues={":pk": {"S": "c-3"}})
    assert [int(item["sk"]["N"]) for item in backwards] == list(range(ITEMS - 7, 0, -10))
    text = eventually(
        lambda: (shown := crowd.fntop("snapshot", "table/items", "--size", "160x48").stdout.decode())
        and "c-" in shown and shown, "the item browser")
    assert "more: n" in text
    # All of that is small: what is kept of calls has a cap, and the items are 2 MB.
    assert memory(crowd) < 250
