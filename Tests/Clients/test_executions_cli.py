"""`fntop executions` against a running endpoint, and `graph` without one."""

import json
import subprocess
import uuid

import pytest
from conftest import PROGRAM, ROLE, eventually

ORDER = {
    "StartAt": "Look",
    "States": {
        "Look": {"Type": "Pass", "Next": "Enough?"},
        "Enough?": {
            "Type": "Choice",
            "Choices": [
                {"Variable": "$.stock", "NumericGreaterThan": 0, "Next": "Sell"},
                {"Variable": "$.stock", "NumericLessThan": 0, "Next": "Panic"},
            ],
            "Default": "Pause",
        },
        "Pause": {"Type": "Wait", "Seconds": 600, "Next": "Sell"},
        "Sell": {"Type": "Pass", "Result": {"sold": 1}, "End": True},
        "Panic": {"Type": "Fail", "Error": "Shop.Robbed", "Cause": "the shelf is empty"},
    },
}


@pytest.fixture(scope="module")
def machine(endpoint):
    name = f"shop-{uuid.uuid4().hex[:8]}"
    answer = endpoint.client("stepfunctions").create_state_machine(
        name=name, definition=json.dumps(ORDER), roleArn=ROLE)
    return name, answer["stateMachineArn"]


def run(endpoint, *words, input=None):
    done = endpoint.fntop("executions", *words, input=input)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def started(endpoint, machine, stock, *words):
    code, out, err = run(endpoint, "start", machine, "--input", json.dumps({"stock": stock}), *words)
    assert code == 0, err
    return out.strip()


def ended(endpoint, arn):
    states = endpoint.client("stepfunctions")
    return eventually(lambda: states.describe_execution(executionArn=arn)["status"] != "RUNNING", arn)


def test_start_prints_the_arn_and_with_wait_the_output(endpoint, machine):
    name, arn = machine
    assert started(endpoint, name, 3).startswith(arn.replace(":stateMachine:", ":execution:"))
    assert json.loads(started(endpoint, arn, 3, "--wait")) == {"sold": 1}


def test_start_reads_its_input_from_a_file_and_from_standard_input(endpoint, machine, tmp_path):
    (tmp_path / "input.json").write_text('{"stock": 1}')
    for words, data in ((("--input", f"@{tmp_path}/input.json"), None), (("--input", "-"), b'{"stock": 2}')):
        code, out, err = run(endpoint, "start", machine[0], "--wait", *words, input=data)
        assert (code, json.loads(out)) == (0, {"sold": 1}), err


def test_a_failed_execution_ends_with_status_1_and_says_why(endpoint, machine):
    code, out, err = run(endpoint, "start", machine[0], "--input", '{"stock": -1}', "--wait")
    assert code == 1 and out == ""
    assert "FAILED" in err and "Shop.Robbed: the shelf is empty" in err


def test_list_shows_what_ran_and_filters_by_status(endpoint, machine):
    name = f"run-{uuid.uuid4().hex[:8]}"
    ended(endpoint, started(endpoint, machine[0], -1, "--name", name))
    code, out, _ = run(endpoint, "list", machine[0], "--status", "failed")
    assert code == 0
    row = next(line for line in out.splitlines() if line.startswith(name))
    assert "FAILED" in row and machine[0] in row
    code, out, _ = run(endpoint, "list", "--json", "--limit", "500")
    assert name in [json.loads(line)["name"] for line in out.splitlines()]
    code, out, _ = run(endpoint, "list", machine[0], "--status", "SUCCEEDED", "--json")
    assert all(json.loads(line)["status"] == "SUCCEEDED" for line in out.splitlines())


def test_show_tells_states_error_and_picture_by_name_or_arn(endpoint, machine):
    name = f"run-{uuid.uuid4().hex[:8]}"
    arn = started(endpoint, machine[0], -1, "--name", name)
    ended(endpoint, arn)
    by_name, by_arn = run(endpoint, "show", name), run(endpoint, "show", arn)
    assert by_name == by_arn and by_name[0] == 0
    assert "Shop.Robbed" in by_arn[1] and "the shelf is empty" in by_arn[1]
    assert "✗ Panic" in by_arn[1] and "◇ Enough?" in by_arn[1] and "○ Sell" in by_arn[1]
    facts = json.loads(run(endpoint, "show", arn, "--json")[1])
    assert [state["name"] for state in facts["states"]] == ["Look", "Enough?", "Panic"]
    assert [state["status"] for state in facts["states"]] == ["succeeded", "succeeded", "failed"]


def test_history_has_every_event(endpoint, machine):
    arn = started(endpoint, machine[0], 1)
    ended(endpoint, arn)
    expected = endpoint.client("stepfunctions").get_execution_history(executionArn=arn)["events"]
    code, out, _ = run(endpoint, "history", arn, "--json")
    assert code == 0
    assert [json.loads(line)["type"] for line in out.splitlines()] == [event["type"] for event in expected]
    text = run(endpoint, "history", arn)[1]
    assert len(text.splitlines()) == len(expected) + 1 and "ChoiceStateEntered" in text


def test_stop_and_redrive(endpoint, machine):
    arn = started(endpoint, machine[0], 0)
    states = endpoint.client("stepfunctions")
    assert run(endpoint, "stop", arn, "--error", "Tired", "--cause", "closing time")[0] == 0
    facts = states.describe_execution(executionArn=arn)
    assert (facts["status"], facts["error"], facts["cause"]) == ("ABORTED", "Tired", "closing time")
    assert run(endpoint, "redrive", arn)[0] == 0
    assert states.describe_execution(executionArn=arn)["redriveCount"] == 1
    assert run(endpoint, "stop", arn)[0] == 0


def test_graph_draws_machines_and_executions(endpoint, machine):
    name, arn = machine
    by_name, by_arn = run(endpoint, "graph", name), run(endpoint, "graph", arn)
    assert by_name == by_arn and by_name[0] == 0
    assert "○ Sell" in by_name[1] and "stock > 0" in by_name[1]
    execution = started(endpoint, name, 1)
    ended(endpoint, execution)
    assert "✓ Sell" in run(endpoint, "graph", execution)[1]


def test_what_is_not_there_is_named(endpoint, machine):
    code, _, err = run(endpoint, "start", "no-such-machine")
    assert code == 1 and "no-such-machine" in err and machine[0] in err
    code, _, err = run(endpoint, "show", "no-such-execution")
    assert code == 1 and "no-such-execution" in err


def graph(*words, input=None):
    done = subprocess.run([PROGRAM, "executions", "graph", *words], capture_output=True, input=input, timeout=30)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_a_definition_file_is_drawn_without_an_endpoint(tmp_path):
    file = tmp_path / "order.asl.json"
    file.write_text(json.dumps(ORDER))
    code, out, err = graph(str(file))
    assert (code, err) == (0, "")
    assert "┌" in out and "○ Look" in out and "default" in out
    assert graph("-", input=file.read_bytes()) == (code, out, err)
    assert graph(str(file), "--ascii")[1].isascii()
    assert "┌" not in graph(str(file), "--zoom", "names")[1]
    assert "Look" not in graph(str(file), "--zoom", "dots")[1]
    assert "\x1b[" in graph(str(file), "--ansi")[1]
    cropped = graph(str(file), "--size", "30x5")[1].splitlines()
    assert len(cropped) <= 5 and all(len(line) <= 30 for line in cropped)


def test_a_broken_definition_is_drawn_and_what_is_wrong_is_said(tmp_path):
    broken = {**ORDER, "States": {**ORDER["States"], "Sell": {"Type": "Pass", "Next": "Nowhere"}}}
    file = tmp_path / "broken.json"
    file.write_text(json.dumps(broken))
    code, out, err = graph(str(file))
    assert code == 1
    assert "✗ Nowhere" in out and "○ Look" in out
    assert "error: " in err and "Nowhere" in err


@pytest.mark.parametrize("text", ["", "{", "[]", '{"States": 3}', "[" * 100_000])
def test_what_is_no_definition_is_refused_and_nothing_crashes(tmp_path, text):
    file = tmp_path / "odd.json"
    file.write_text(text)
    code, _, err = graph(str(file))
    assert code == 1 and "error" in err


def test_wrong_usage(tmp_path):
    file = tmp_path / "order.json"
    file.write_text(json.dumps(ORDER))
    assert graph(str(file), "--zoom", "huge")[0] == 2
    assert graph(str(file), "--size", "wide")[0] == 2
    assert graph(str(tmp_path / "missing.json"))[0] == 1
