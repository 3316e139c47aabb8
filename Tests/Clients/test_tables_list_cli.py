"""`fntop tables` against a running endpoint."""

import json

import pytest
from conftest import eventually, unique


@pytest.fixture(scope="module")
def table(endpoint):
    name = unique("orders")
    dynamodb = endpoint.client("dynamodb")
    dynamodb.create_table(
        TableName=name, BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[
            {"AttributeName": "user", "AttributeType": "S"}, {"AttributeName": "created", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "user", "KeyType": "HASH"}, {"AttributeName": "created", "KeyType": "RANGE"}],
    )
    for number in range(30):
        dynamodb.put_item(TableName=name, Item={
            "user": {"S": f"u-{number % 3}"}, "created": {"S": f"2026-01-{number + 1:02}"},
            "total": {"N": str(number)}, "size": {"SS": ["a", "b"]}})
    dynamodb.get_item(TableName=name, Key={"user": {"S": "u-1"}, "created": {"S": "2026-01-02"}})
    return name


def run(endpoint, *words):
    done = endpoint.fntop("tables", *words)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def rows(endpoint, *words):
    code, out, err = run(endpoint, *words, "--json")
    assert code == 0, err
    return [json.loads(line) for line in out.splitlines()]


def test_lists_tables_with_what_was_done_with_them(endpoint, table):
    row = eventually(lambda: [row for row in rows(endpoint, "list", table) if row["reads"] == 1], "no row")[0]
    assert row["table"] == table and row["writes"] == 30 and row["errors"] == 0
    assert row["maxMilliseconds"] >= row["p50Milliseconds"] > 0
    code, out, _ = run(endpoint, "list", table[:7] + "*")
    assert code == 0 and table in out


def test_shows_a_table_by_operation(endpoint, table):
    shown = eventually(lambda: [row for row in rows(endpoint, "show", table) if row["operations"]], "no row")[0]
    calls = {row["operation"]: row["calls"] for row in shown["operations"]}
    assert calls["PutItem"] == 30 and calls["GetItem"] == 1
    code, out, _ = run(endpoint, "show", table)
    assert code == 0 and "PutItem" in out


def test_looking_at_items_is_not_counted(endpoint, table):
    before = rows(endpoint, "show", table)[0]["operations"]
    assert len(rows(endpoint, "items", table)) == 30
    assert rows(endpoint, "show", table)[0]["operations"] == before


def test_items_of_a_partition_come_newest_first(endpoint, table):
    items = rows(endpoint, "items", table, "--key", "u-1")
    assert [item["created"] for item in items] == [f"2026-01-{day:02}" for day in range(29, 0, -3)]
    assert items[0]["size"] == ["a", "b"] and items[0]["total"] == 28
    ascending = rows(endpoint, "items", table, "--key", "u-1", "--ascending", "--limit", "2")
    assert [item["created"] for item in ascending] == ["2026-01-02", "2026-01-05"]


@pytest.mark.parametrize("words, totals", [
    (["--filter", "total between 3 and 5"], [3, 4, 5]),
    (["--filter", "total > 27 and attribute_exists(size)"], [28, 29]),
    (["--key", "u-0", "--sort", "2026-01-0*"], [0, 3, 6]),
    (["--key", "u-0", "--sort", "2026-01-10..2026-01-20"], [9, 12, 15, 18]),
    (["--key", "u-0", "--sort", "> 2026-01-25"], [27]),
])
def test_conditions_are_written_with_their_values(endpoint, table, words, totals):
    assert sorted(item["total"] for item in rows(endpoint, "items", table, *words)) == totals


def test_types_are_told_when_asked_for(endpoint, table):
    item = rows(endpoint, "items", table, "--types", "--limit", "1")[0]
    assert set(item["size"]) == {"SS"} and set(item["total"]) == {"N"}


@pytest.mark.parametrize("words, status, text", [
    (["show", "nowhere"], 1, "There is no table nowhere"),
    (["items", "nowhere"], 1, "ResourceNotFoundException"),
    (["items", "{table}", "--index", "by-x"], 1, "it has none"),
    (["items", "{table}", "--filter", 'total = "x'], 2, "has no end"),
    (["items", "{table}", "--limit", "0"], 2, "--limit"),
])
def test_what_is_wrong_is_named(endpoint, table, words, status, text):
    code, out, err = run(endpoint, *[word.format(table=table) for word in words])
    assert code == status and text in err and out == ""


@pytest.mark.parametrize("screen", ["data", "table/{table}", "table/{table}/overview", "table/{table}/calls"])
def test_screens_as_text(endpoint, table, screen):
    done = endpoint.fntop("snapshot", screen.format(table=table), "--size", "120x36")
    assert done.returncode == 0, done.stderr
    # The list of all tables may be longer than the picture.
    assert ("Tables" if screen == "data" else table) in done.stdout.decode()
