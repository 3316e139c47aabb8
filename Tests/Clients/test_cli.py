"""The command line against a running endpoint."""

import json
import os
import re
import subprocess

import pytest
from conftest import PROGRAM, ROOT, deploy, eventually, messages


@pytest.fixture(scope="module")
def greeter(endpoint):
    name = deploy(endpoint, """
import json
def handler(event, context):
    print("hello", event.get("name"))
    print(json.dumps({"level": "ERROR", "message": "declined", "order": "o-1"}))
    if event.get("fail"):
        raise ValueError("boom")
    return {"greeting": "Hello, " + event.get("name", "?")}
""")
    assert endpoint.fntop("invoke", name, "--payload", '{"name": "Ada"}').returncode == 0
    messages(endpoint, name, until="REPORT")
    return name


def test_invoke_prints_the_answer_and_with_log_the_lines(endpoint, greeter):
    done = endpoint.fntop("invoke", greeter, "--payload", '{"name": "Bob"}', "--log")
    assert done.returncode == 0
    assert json.loads(done.stdout) == {"greeting": "Hello, Bob"}
    assert b"hello Bob" in done.stderr and b"REPORT RequestId" in done.stderr


def test_invoke_reads_the_payload_from_standard_input_and_from_a_file(endpoint, greeter, tmp_path):
    (tmp_path / "event.json").write_text('{"name": "file"}')
    from_file = endpoint.fntop("invoke", greeter, "--payload", f"@{tmp_path}/event.json")
    from_input = endpoint.fntop("invoke", greeter, "--payload", "-", input=b'{"name": "input"}')
    assert b"Hello, file" in from_file.stdout
    assert b"Hello, input" in from_input.stdout


def test_a_function_error_ends_with_status_1_and_prints_the_error(endpoint, greeter):
    done = endpoint.fntop("invoke", greeter, "--payload", '{"fail": true}')
    assert done.returncode == 1
    assert json.loads(done.stdout)["errorType"] == "ValueError"


def test_a_function_that_is_not_there_is_named(endpoint):
    done = endpoint.fntop("invoke", "nobody")
    assert done.returncode == 1
    assert b"nobody" in done.stderr


def test_wrong_usage_ends_with_status_2():
    assert subprocess.run([PROGRAM, "invoke"], capture_output=True).returncode == 2
    assert subprocess.run([PROGRAM, "no-such-command"], capture_output=True).returncode == 2


def test_an_endpoint_that_does_not_answer_ends_with_status_3_and_says_what_to_do():
    done = subprocess.run([PROGRAM, "logs", "--endpoint", "http://127.0.0.1:9"], capture_output=True, text=True)
    assert done.returncode == 3
    assert "127.0.0.1:9" in done.stderr


def test_logs_are_filtered_by_function_and_level(endpoint, greeter):
    done = endpoint.fntop("logs", greeter, "--filter", "level>=error", "--json")
    assert done.returncode == 0
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert lines and all(line["function"] == greeter for line in lines)
    assert all("declined" in line["message"] or "boom" in line["message"] for line in lines)


def test_a_filter_that_is_not_understood_is_refused(endpoint):
    done = endpoint.fntop("logs", "--filter", "level>=loud")
    assert done.returncode == 2
    assert b"loud" in done.stderr


def test_logs_follow_what_is_written(endpoint, greeter):
    environment = {**os.environ, "AWS_ENDPOINT_URL": endpoint.url}
    follower = subprocess.Popen(
        [PROGRAM, "logs", greeter, "--follow", "--filter", "hello", "--json"], stdout=subprocess.PIPE, env=environment
    )
    try:
        eventually(follower.stdout.readline, "nothing of what was there")
        endpoint.fntop("invoke", greeter, "--payload", '{"name": "follower"}')
        eventually(lambda: b"follower" in follower.stdout.readline(), "the new line did not come")
    finally:
        follower.kill()
        follower.wait()


def test_metrics_count_invocations_and_errors(endpoint, greeter):
    done = endpoint.fntop("metrics", greeter, "--json")
    row = json.loads(done.stdout)
    assert row["function"] == greeter
    assert row["invocations"] >= 3 and row["errors"] >= 1 and row["coldStarts"] >= 1
    assert 0 < row["p50Milliseconds"] <= row["p99Milliseconds"]


@pytest.mark.parametrize("screen", ["functions", "logs"])
def test_a_snapshot_is_a_frame_of_the_size_asked_for(endpoint, greeter, screen):
    done = endpoint.fntop("snapshot", screen, "--size", "120x40")
    lines = done.stdout.decode().split("\n")
    assert done.returncode == 0
    assert len(lines) in (40, 41) and max(map(len, lines)) <= 120
    assert greeter in done.stdout.decode()
    assert "\x1b" not in done.stdout.decode()


def test_bytes_that_are_no_text_come_back_losslessly(endpoint):
    import base64

    hostile = b"\x1b[31mred\x1b[0m \x00\x07\x9b \xff\xfe bad \xe2\x80\xae right to left \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb"
    name = deploy(endpoint, f"""
import os
def handler(event, context):
    os.write(1, {hostile!r} + b"\\n")
    os.write(1, b"x" * 100_000 + b"\\n")
""")
    endpoint.fntop("invoke", name)
    messages(endpoint, name, until="REPORT")
    lines = [json.loads(line) for line in endpoint.fntop("logs", name, "--json").stdout.splitlines()]
    raw = [base64.b64decode(line["messageBase64"]) if "messageBase64" in line else line["message"].encode() for line in lines]
    assert hostile in raw
    assert b"x" * 100_000 in raw
    for screen in ("logs", "functions"):
        frame = endpoint.fntop("snapshot", screen, "--size", "80x24").stdout.decode()
        assert all(character == "\n" or character.isprintable() for character in frame)


def test_the_manual_page_names_every_command():
    page = subprocess.run([PROGRAM, "manual"], capture_output=True, text=True).stdout
    help = subprocess.run([PROGRAM, "--help"], capture_output=True, text=True).stdout
    commands = re.findall(r"^  (\w+)  ", help.partition("SUBCOMMANDS:")[2], re.M)
    assert "demo" in commands and "manual" in commands
    for command in commands:
        assert f"fntop {command}" in page


def test_the_readme_has_the_keys_of_the_program():
    keys = subprocess.run([PROGRAM, "manual", "--keys"], capture_output=True, text=True).stdout.strip()
    readme = (ROOT / "README.md").read_text()
    assert keys and f"<!-- keys -->\n{keys}\n<!-- /keys -->" in readme


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completions(shell):
    done = subprocess.run([PROGRAM, "completions", shell], capture_output=True, text=True)
    assert done.returncode == 0 and "snapshot" in done.stdout


def test_doctor_says_what_is_there(endpoint):
    done = endpoint.fntop("doctor")
    assert done.returncode == 0
    assert b"python3" in done.stdout and endpoint.url.encode() in done.stdout
