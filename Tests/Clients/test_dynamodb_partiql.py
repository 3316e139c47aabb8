"""PartiQL as boto3 sends it: what each statement finds and changes, by pages, in batches and in transactions."""

import pytest
from botocore.exceptions import ClientError
from conftest import unique


@pytest.fixture(scope="module")
def db(endpoint):
    return endpoint.client("dynamodb")


@pytest.fixture
def table(db):
    """A table of songs by artist (S) and number (N), with an index by mood."""
    name = unique("songs")
    db.create_table(
        TableName=name, BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[
            {"AttributeName": "artist", "AttributeType": "S"}, {"AttributeName": "no", "AttributeType": "N"},
            {"AttributeName": "mood", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "artist", "KeyType": "HASH"}, {"AttributeName": "no", "KeyType": "RANGE"}],
        GlobalSecondaryIndexes=[{
            "IndexName": "byMood", "Projection": {"ProjectionType": "ALL"},
            "KeySchema": [{"AttributeName": "mood", "KeyType": "HASH"}]}],
    )
    for artist in ("ann", "bob"):
        for no in range(6):
            db.execute_statement(
                Statement=f"INSERT INTO \"{name}\" VALUE {{'artist': ?, 'no': ?, 'mood': ?, 'tags': <<'a', 'b'>>, "
                "'more': {'list': [1, 'x'], 'yes': true, 'none': null}}",
                Parameters=[{"S": artist}, {"N": str(no)}, {"S": "low" if no % 2 else "high"}])
    yield name
    db.delete_table(TableName=name)


def numbers(items):
    return [int(item["no"]["N"]) for item in items]


def refused(call, **arguments):
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    error = caught.value.response["Error"]
    return f"{error['Code']}: {error['Message']}"


@pytest.mark.parametrize("where, expected", [
    ("artist = 'ann'", [0, 1, 2, 3, 4, 5]), ("artist = 'ann' AND no >= 4", [4, 5]),
    ("artist = 'ann' AND no BETWEEN 1 AND 2", [1, 2]), ("artist = 'ann' ORDER BY no DESC", [5, 4, 3, 2, 1, 0]),
    ("artist = 'ann' AND mood = 'low'", [1, 3, 5]), ("artist = 'ann' AND no IN [1, 5, 9]", [1, 5]),
    ("artist = 'ann' AND NOT (no < 3 OR mood = 'low')", [4]), ("artist = 'ann' AND no <> 0 AND no != 1", [2, 3, 4, 5]),
    ("artist = 'ann' AND contains(tags, 'a') AND begins_with(mood, 'hi')", [0, 2, 4]),
    ("artist = 'ann' AND nothing IS MISSING AND no = 2", [2]), ("artist = 'ann' AND tags IS NOT MISSING AND no=3", [3]),
    ("artist = 'ann' AND more.none IS NULL AND more.list[0] = 1 AND no = 1", [1]),
    ("artist = 'ann' AND size(tags) = 2 AND attribute_type(mood, 'S') AND no = 0", [0]),
    ("artist IN ['bob', 'ann'] AND no = 1", [1, 1]), ("artist = 'ann' OR artist = 'bob'", [0, 1, 2, 3, 4, 5] * 2),
])
def test_selects(db, table, where, expected):
    assert numbers(db.execute_statement(Statement=f'SELECT * FROM "{table}" WHERE {where}')["Items"]) == expected


def test_select_of_parts_indexes_and_pages(db, table):
    got = db.execute_statement(
        Statement=f'SELECT no, more.list[1], tags FROM "{table}" WHERE artist = ? AND no = ?',
        Parameters=[{"S": "bob"}, {"N": "3"}], ReturnConsumedCapacity="TOTAL")
    assert got["Items"] == [{"no": {"N": "3"}, "list[1]": {"S": "x"}, "tags": {"SS": ["a", "b"]}}]
    assert got["ConsumedCapacity"] == {"TableName": table, "CapacityUnits": 0.5}
    by_mood = db.execute_statement(Statement=f'SELECT artist FROM "{table}"."byMood" WHERE mood = \'low\'')
    assert sorted(item["artist"]["S"] for item in by_mood["Items"]) == ["ann"] * 3 + ["bob"] * 3
    for statement in (f'SELECT * FROM "{table}"', f"SELECT * FROM \"{table}\" WHERE artist IN ['ann', 'bob']"):
        found, more = [], {}
        while True:
            page = db.execute_statement(Statement=statement, Limit=5, **more)
            assert len(page["Items"]) <= 5
            found += page["Items"]
            if "NextToken" not in page:
                break
            more = {"NextToken": page["NextToken"]}
        assert sorted(numbers(found)) == sorted([0, 1, 2, 3, 4, 5] * 2)


def test_changes(db, table):
    key = "WHERE artist = 'ann' AND no = 2"
    run = lambda statement, **more: db.execute_statement(Statement=statement.format(t=f'"{table}"', k=key), **more)["Items"]
    assert run("UPDATE {t} SET stars = 3 SET more.list = list_append(more.list, [7]) {k} RETURNING MODIFIED NEW *") == [
        {"stars": {"N": "3"}, "more": {"M": {"list": {"L": [{"N": "1"}, {"S": "x"}, {"N": "7"}]}}}}]
    assert run("UPDATE {t} SET stars = stars + 2, mood = 'none' REMOVE tags {k} AND stars = 3") == []
    got = run("SELECT stars, mood, tags FROM {t} {k}")
    assert got == [{"stars": {"N": "5"}, "mood": {"S": "none"}}]
    run("UPDATE {t} SET tags = <<'q'>> {k}")
    assert run("UPDATE {t} SET tags = set_add(tags, <<'r'>>) {k} RETURNING ALL NEW *")[0]["tags"]["SS"] == ["q", "r"]
    assert run("UPDATE {t} SET tags = set_delete(tags, <<'q'>>) {k} RETURNING ALL OLD *")[0]["tags"]["SS"] == ["q", "r"]
    assert run("DELETE FROM {t} {k} RETURNING ALL OLD *")[0]["tags"] == {"SS": ["r"]}
    assert run("DELETE FROM {t} {k}") == []


def test_statements_that_are_wrong_say_so(db, table):
    run = lambda statement, **more: refused(db.execute_statement, Statement=statement.replace(" T", f' "{table}"', 1), **more)
    assert run("INSERT INTO T VALUE {'artist': 'ann', 'no': 1}") == (
        "DuplicateItemException: Duplicate primary key exists in table")
    assert run("UPDATE T SET a = 1 WHERE artist = 'ann'") == (
        "ValidationException: Where clause does not contain a mandatory equality on all key attributes")
    assert run("UPDATE T SET a = 1 WHERE artist = 'ann' AND no = 99").startswith("ConditionalCheckFailedException")
    assert run("DELETE FROM T WHERE artist = 'ann' AND no = 1 AND mood = 'x'").startswith("ConditionalCheckFailed")
    assert run("SELECT * FROM T WHERE artist = ?") == (
        "ValidationException: Number of parameters in request and statement don't match.")
    assert "well formed" in run("SELECT FROM T") and "well formed" in run("SELECT * FROM T WHERE")
    assert "well formed" in run("SELECT * FROM T WHERE artist = 'open")
    assert "hash key condition" in run("SELECT * FROM T ORDER BY no")
    assert refused(db.execute_statement, Statement='SELECT * FROM "nowhere"').startswith("ResourceNotFoundException")
    assert run("SELECT * FROM T", NextToken="bad") == "ValidationException: Given NextToken is invalid"


def test_batches(db, table):
    got = db.batch_execute_statement(Statements=[
        {"Statement": f"SELECT * FROM \"{table}\" WHERE artist = 'ann' AND no = {no}"} for no in (1, 99)
    ] + [{"Statement": f"SELECT * FROM \"{table}\" WHERE artist = 'ann'"}])["Responses"]
    assert got[0]["Item"]["no"] == {"N": "1"} and got[0]["TableName"] == table
    assert "Item" not in got[1] and "Error" not in got[1]
    assert got[2]["Error"]["Code"] == "ValidationError"
    got = db.batch_execute_statement(Statements=[
        {"Statement": f"INSERT INTO \"{table}\" VALUE {{'artist': 'ann', 'no': {no}}}"} for no in (1, 50)])["Responses"]
    assert got[0]["Error"]["Code"] == "DuplicateItem" and "Error" not in got[1]


def test_transactions(db, table):
    def write(*statements, **more):
        return db.execute_transaction(
            TransactStatements=[{"Statement": s.replace(" T", f' "{table}"', 1)} for s in statements], **more)

    write(
        "EXISTS (SELECT * FROM T WHERE artist = 'ann' AND no = 1)", "INSERT INTO T VALUE {'artist': 'cat', 'no': 1}",
        "UPDATE T SET stars = 1 WHERE artist = 'ann' AND no = 2", "DELETE FROM T WHERE artist = 'ann' AND no = 3")
    got = write("SELECT * FROM T WHERE artist = 'cat' AND no = 1", "SELECT stars FROM T WHERE artist = 'ann' AND no = 2",
                "SELECT * FROM T WHERE artist = 'ann' AND no = 3")["Responses"]
    assert got[0]["Item"]["artist"] == {"S": "cat"} and got[1]["Item"] == {"stars": {"N": "1"}} and got[2] == {}
    with pytest.raises(ClientError) as caught:
        write("INSERT INTO T VALUE {'artist': 'dog', 'no': 1}", "INSERT INTO T VALUE {'artist': 'ann', 'no': 1}")
    reasons = caught.value.response["CancellationReasons"]
    assert [reason["Code"] for reason in reasons] == ["None", "DuplicateItem"]
    assert write("SELECT * FROM T WHERE artist = 'dog' AND no = 1")["Responses"] == [{}]
