"""The ways that a person takes through the screens, in the real program over functions that are called for real."""

import json
import time

import pytest
from pty_screen import Runtime, Screen

ROLE = "arn:aws:iam::000000000000:role/none"

HANDLER = """
def handler(event, context):
    print("looking at call", event["call"])
    if event["fails"]:
        raise ValueError(f"call {event['call']} went wrong")
    return event
"""

# Which of the calls fail; of those that fail often the last one that does is not the last one.
CALLS = {
    "always-fine": [False, False, False],
    "mostly-broken": [True, True, False, True, False],
    "rarely-broken": [True, False, False],
}


@pytest.fixture(scope="module")
def runtime():
    runtime = Runtime()
    for name in CALLS:
        runtime.create_function(name, HANDLER)
    yield runtime
    runtime.stop()


@pytest.fixture
def watch(runtime):
    screens = []

    def start(**size):
        screens.append(Screen("watch", runtime.url, **size))
        return screens[-1]

    yield start
    for screen in screens:
        screen.close()


def selected(screen):
    """The text of the row that is selected in the list that has the focus."""
    rows = [row for row in screen.rows if row[1] == "▌"]
    return rows[0] if rows else ""


def test_from_the_failing_function_to_the_log_of_its_last_failure_and_back(runtime, watch):
    requests = {
        (name, number): runtime.invoke(name, {"call": number, "fails": fails})
        for name, calls in CALLS.items() for number, fails in enumerate(calls)
    }
    screen = watch(columns=120, rows=40)
    screen.wait(lambda it: "mostly-broken" in selected(it), "the selected function with most errors")
    keys = []

    def press(key):
        keys.append(key)
        screen.press(key)

    press("\r")
    screen.wait_for_text("Functions › mostly-broken", "3 (60.0 %)")
    press("e")
    screen.wait_for_text("ValueError: call 3 went wrong", requests["mostly-broken", 3])
    press("l")
    screen.wait_for_text("› Logs req:", "looking at call 3")
    assert "looking at call 1" not in screen.text
    assert len(keys) <= 4

    screen.press("\x1b")
    screen.wait(lambda it: "› Logs" not in it.text and requests["mostly-broken", 3] in it.text, "the invocation again")
    screen.press("\x1b")
    screen.wait(lambda it: "› mostly-broken" in it.text and "went wrong" not in it.text, "the function again")
    screen.press("\x1b")
    screen.wait(lambda it: "mostly-broken" in selected(it) and "Functions ›" not in it.text, "the list again")


DEFINITION = {
    "StartAt": "Prepare",
    "States": {
        "Prepare": {"Type": "Pass", "Parameters": {"call": 7, "fails": True}, "Next": "Worthwhile"},
        "Worthwhile": {
            "Type": "Choice", "Default": "Refuse",
            "Choices": [{"Variable": "$.call", "NumericGreaterThan": 5, "Next": "Work"}],
        },
        "Refuse": {"Type": "Succeed"},
        "Work": {
            "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "Finish",
            "Parameters": {"FunctionName": "mostly-broken", "Payload.$": "$"},
            "Retry": [{"ErrorEquals": ["ValueError"], "IntervalSeconds": 1, "MaxAttempts": 1}],
        },
        "Finish": {"Type": "Pass", "End": True},
    },
}


def moment(history, count):
    """After so many events: the states that were entered with their inputs, and the sign that each has."""
    entered, signs, tries = {}, {}, 0
    for event in history[:count]:
        kind = event["type"]
        if kind.endswith("StateEntered"):
            details = event["stateEnteredEventDetails"]
            entered[details["name"]] = json.loads(details["input"])
            signs[details["name"]] = "●"
        elif kind.endswith("StateExited"):
            signs[event["stateExitedEventDetails"]["name"]] = "✓"
        elif kind == "TaskScheduled":
            tries += 1
            signs["Work"] = "●" if tries == 1 else "↻"
        elif kind == "TaskFailed":
            signs["Work"] = "↻" if tries == 1 else "✗"
    signs["Worthwhile"] = "◇"
    return entered, signs


def test_stepping_back_shows_each_event_as_the_history_tells_it(runtime, watch):
    states = runtime.client("stepfunctions")
    machine = states.create_state_machine(name="failing", definition=json.dumps(DEFINITION), roleArn=ROLE)
    arn = states.start_execution(
        stateMachineArn=machine["stateMachineArn"], name="one", input='{"order": "o-7"}')["executionArn"]
    end = time.monotonic() + 30
    while states.describe_execution(executionArn=arn)["status"] == "RUNNING":
        assert time.monotonic() < end
    history = states.get_execution_history(executionArn=arn, includeExecutionData=True)["events"]
    assert history[-1]["type"] == "ExecutionFailed"

    screen = watch()
    screen.press("3")
    screen.wait(lambda it: " one " in selected(it), "the execution")
    screen.press("\r")
    screen.wait_for_text("FAILED", "call 7 went wrong")
    screen.press("<")
    screen.wait_for_text('"call": 7')
    for count in range(len(history) - 1, 0, -1):
        screen.press("[")
        entered, signs = moment(history, count)
        data = entered[list(entered)[-1]] if entered else {}
        failed = any(event["type"] == "TaskFailed" for event in history[:count])

        def shows_the_moment(it):
            lanes = [row[1:20].split() for row in below(it, " timeline ")]
            return (
                f"event {count} of {len(history)}" in it.text
                and all(f"{signs.get(name, '○')} {name}" in it.text for name in DEFINITION["States"])
                and [lane[0] for lane in lanes if lane and lane[0] in DEFINITION["States"]] == list(entered)
                and all(f'"{key}": {json.dumps(value)}' in it.text for key, value in data.items())
                and (failed or "went wrong" not in it.text)
            )

        screen.wait(shows_the_moment, f"event {count} with {signs}")


def below(screen, title):
    """The rows of the lowest pane, if it has that title."""
    places = [place for place, row in enumerate(screen.rows) if title in row]
    return screen.rows[places[0] + 1:-2] if places else []
