"""What the lints find of functions that real clients called, and fntop's own log."""

import json
import os
import subprocess

import pytest
from conftest import PROGRAM, Endpoint, deploy, eventually, messages


@pytest.fixture(scope="module")
def shop():
    endpoint = Endpoint()
    yield endpoint
    endpoint.stop()


def findings(endpoint, name):
    done = endpoint.fntop("lints", "--json")
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {finding["rule"]: finding for finding in lines if finding.get("function") == name}


def test_a_timeout_is_found_with_its_invocation(shop):
    name = deploy(shop, "import time\ndef handler(event, context):\n    time.sleep(5)\n", timeout=1)
    shop.fntop("invoke", name)
    found = eventually(lambda: findings(shop, name).get("timeout"), "the timeout was not found")
    assert found["severity"] == "error"
    assert found["text"].startswith("1 invocation timed out after 1 s in ")
    assert found["requestId"] and found["advice"] and found["windowSeconds"] == 900


def test_an_error_that_was_swallowed_is_found_with_its_line(shop):
    name = deploy(shop, "def handler(event, context):\n    print('[ERROR] card declined')\n    return 'ok'\n")
    assert shop.fntop("invoke", name).returncode == 0
    messages(shop, name, until="card declined")
    found = eventually(lambda: findings(shop, name).get("swallowed-errors"), "the error was not found")
    assert "1 of 1 successful invocations" in found["text"] and "card declined" in found["text"]


def test_with_strict_findings_end_with_status_1_and_are_printed_for_people(shop):
    name = deploy(shop, "def handler(event, context):\n    print('[ERROR] again')\n    return 'ok'\n")
    shop.fntop("invoke", name)
    messages(shop, name, until="again")
    eventually(lambda: findings(shop, name), "nothing was found")
    done = shop.fntop("lints", "--strict", "--since", "5m")
    assert done.returncode == 1
    assert f"warning: {name}: swallowed errors" in done.stdout.decode()
    assert shop.fntop("lints", "--since", "5m").returncode == 0


def test_the_screen_is_a_snapshot_as_well(shop):
    done = shop.fntop("snapshot", "lints", "--size", "120x40")
    assert done.returncode == 0
    assert "Lints" in done.stdout.decode()


def test_nothing_found_is_said(endpoint_without_functions):
    done = endpoint_without_functions.fntop("lints", "--strict")
    assert (done.returncode, done.stdout.decode()) == (0, "Nothing was found in the last 15m.\n")


@pytest.fixture
def endpoint_without_functions():
    endpoint = Endpoint()
    yield endpoint
    endpoint.stop()


def unreachable(state):
    """A command that cannot do its work, with its own diagnostics under `state`."""
    environment = {**os.environ, "XDG_STATE_HOME": str(state)}
    done = subprocess.run([PROGRAM, "metrics", "--endpoint", "1"], capture_output=True, env=environment)
    assert done.returncode == 3


def test_what_went_wrong_is_in_the_own_log_that_only_the_owner_reads(tmp_path):
    unreachable(tmp_path)
    path = tmp_path / "fntop" / "fntop.log"
    [line] = path.read_text().splitlines()
    assert line.split(" ", 1)[0].endswith("Z") and "127.0.0.1:1 does not answer" in line
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_full_log_is_begun_anew_and_the_one_before_is_kept(tmp_path):
    path = tmp_path / "fntop" / "fntop.log"
    path.parent.mkdir()
    path.write_text("x" * (1 << 20))
    unreachable(tmp_path)
    assert path.stat().st_size < 1000
    assert (path.parent / "fntop.log.1").stat().st_size == 1 << 20


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path):
    (tmp_path / "file").write_text("")
    unreachable(tmp_path / "file")
