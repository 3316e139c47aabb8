"""`fntop tables`: items leave as files and come back."""

import json

import pytest
from conftest import unique

ITEMS = [
    {"p": {"S": "a"}, "s": {"N": "1"}, "n": {"N": "1.5"}, "t": {"S": "x,\n\"y\""}, "l": {"L": [{"N": "1"}, {"NULL": True}]}},
    {"p": {"S": "b"}, "s": {"N": "-2"}, "m": {"M": {"k": {"BOOL": True}}}},
]


@pytest.fixture(scope="module")
def db(endpoint):
    return endpoint.client("dynamodb")


def create(db):
    name = unique("exchange")
    db.create_table(
        TableName=name, BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[
            {"AttributeName": "p", "AttributeType": "S"}, {"AttributeName": "s", "AttributeType": "N"}],
        KeySchema=[{"AttributeName": "p", "KeyType": "HASH"}, {"AttributeName": "s", "KeyType": "RANGE"}])
    return name


def items(db, table):
    pages = db.get_paginator("scan").paginate(TableName=table)
    return sorted((item for page in pages for item in page["Items"]), key=lambda item: item["p"]["S"])


@pytest.mark.parametrize("ending, options", [("jsonl", []), ("csv", ["--infer"]), ("txt", ["--format", "dynamodb"])])
def test_items_leave_and_come_back(endpoint, db, tmp_path, ending, options):
    source, target = create(db), create(db)
    for item in ITEMS:
        db.put_item(TableName=source, Item=item)
    file = str(tmp_path / f"items.{ending}")
    done = endpoint.fntop("tables", "export", source, file, *[o for o in options if o != "--infer"])
    assert done.returncode == 0 and b"2 items" in done.stderr, done.stderr
    done = endpoint.fntop("tables", "import", target, file, *options)
    assert done.returncode == 0 and b"2 items imported" in done.stdout, done.stderr
    assert items(db, target) == ITEMS
    again = endpoint.fntop("tables", "export", source, file)
    assert again.returncode == 1 and b"File exists" in again.stderr


def test_many_items_by_pipe(endpoint, db):
    table = create(db)
    lines = "".join(json.dumps({"p": f"p{n % 700}", "s": 1, "n": n}) + "\n" for n in range(1000))
    done = endpoint.fntop("tables", "import", table, "-", input=lines.encode())
    assert done.returncode == 0, done.stderr
    found = items(db, table)
    assert len(found) == 700
    assert {int(item["n"]["N"]) for item in found} == set(range(300, 1000))
    done = endpoint.fntop("tables", "export", table, "-")
    assert sorted(json.loads(line)["n"] for line in done.stdout.splitlines()) == list(range(300, 1000))


def test_what_is_wrong_is_named(endpoint, db, tmp_path):
    table = create(db)
    file = tmp_path / "bad.jsonl"
    file.write_text('{"p": "a", "s": 1}\n{"p": "b"\n')
    done = endpoint.fntop("tables", "import", table, str(file))
    assert done.returncode == 1 and b"bad.jsonl, line 2" in done.stderr
    file.write_text('{"p": "a"}\n')
    done = endpoint.fntop("tables", "import", table, str(file))
    assert done.returncode == 1 and b"ValidationException" in done.stderr
    assert endpoint.fntop("tables", "export", "nowhere", "-").returncode == 1
    assert endpoint.fntop("tables", "import", table, str(tmp_path / "none")).returncode == 1
