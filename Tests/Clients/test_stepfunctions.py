"""State machines and executions as boto3 and aws cli see them: every operation, pages, and each documented error."""

import json
import threading

import pytest
from botocore.exceptions import ClientError
from conftest import ROLE, deploy, eventually, messages, unique

REGION = "arn:aws:states:us-east-1:000000000000"
ENDED = {"SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"}


def machine(start, **states):
    return {"StartAt": start, "States": states}


def passing(**fields):
    return machine("Only", Only={"Type": "Pass", "End": True, **fields})


WAITING = machine("Hold", Hold={"Type": "Wait", "Seconds": 600, "End": True})
FAILING = machine("Break", Break={"Type": "Fail", "Error": "Shop.Closed", "Cause": "It is Sunday"})


@pytest.fixture
def states(endpoint):
    """Some operations have a host of their own (`sync-…`), which a local address has not."""
    return endpoint.client("stepfunctions", inject_host_prefix=False)


@pytest.fixture
def create(states):
    """Creates a state machine that is deleted after the test; gives its ARN."""
    made = []

    def create(definition, **more):
        text = definition if isinstance(definition, str) else json.dumps(definition)
        answer = states.create_state_machine(
            **{"name": unique("machine"), "roleArn": ROLE, "definition": text, **more})
        made.append(answer["stateMachineArn"])
        return answer["stateMachineArn"]

    yield create
    for arn in made:
        states.delete_state_machine(stateMachineArn=arn)


@pytest.fixture
def activity(states):
    arn = states.create_activity(name=unique("activity"))["activityArn"]
    yield arn
    states.delete_activity(activityArn=arn)


def ended(states, arn, seconds=15):
    def check():
        found = states.describe_execution(executionArn=arn)
        return found if found["status"] in ENDED else None

    return eventually(check, f"{arn} has not ended", seconds)


def run(states, arn, input=None):
    started = states.start_execution(stateMachineArn=arn, input=json.dumps({} if input is None else input))
    return ended(states, started["executionArn"])


def history(states, arn, **more):
    pages = states.get_paginator("get_execution_history").paginate(executionArn=arn, **more)
    return [event for page in pages for event in page["events"]]


def types(states, arn):
    return [event["type"] for event in history(states, arn)]


def refused(code, call, **arguments):
    """Calls and expects that error; gives its message."""
    with pytest.raises(ClientError) as problem:
        call(**arguments)
    error = problem.value.response["Error"]
    assert error["Code"] == code, error
    assert problem.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    return error["Message"]


# State machines


def test_a_state_machine_is_created_described_and_deleted(states):
    name = unique("life")
    definition = json.dumps(passing(Result=1), indent=1)
    made = states.create_state_machine(name=name, definition=definition, roleArn=ROLE)
    arn = made["stateMachineArn"]
    assert arn == f"{REGION}:stateMachine:{name}"
    found = states.describe_state_machine(stateMachineArn=arn)
    assert found["definition"] == definition
    assert (found["name"], found["type"], found["status"], found["roleArn"]) == (name, "STANDARD", "ACTIVE", ROLE)
    assert found["loggingConfiguration"]["level"] == "OFF"
    assert found["tracingConfiguration"] == {"enabled": False}
    assert found["creationDate"] == made["creationDate"]
    states.delete_state_machine(stateMachineArn=arn)

    def gone():
        try:
            return states.describe_state_machine(stateMachineArn=arn)["status"] != "ACTIVE"
        except states.exceptions.StateMachineDoesNotExist:
            return True

    eventually(gone, "the machine is still there")
    states.delete_state_machine(stateMachineArn=arn)


def test_a_state_machine_is_updated(states, create):
    arn = create(passing(Result="old"))
    before = states.describe_state_machine(stateMachineArn=arn)
    answer = states.update_state_machine(stateMachineArn=arn, definition=json.dumps(passing(Result="new")))
    assert answer["updateDate"] >= before["creationDate"]
    assert json.loads(run(states, arn)["output"]) == "new"
    states.update_state_machine(stateMachineArn=arn, roleArn=ROLE + "-2")
    found = states.describe_state_machine(stateMachineArn=arn)
    assert found["roleArn"] == ROLE + "-2"
    assert json.loads(found["definition"]) == passing(Result="new")


def test_creating_the_same_again_gives_the_same_machine(states, create):
    name, definition = unique("twice"), json.dumps(passing())
    first = create(definition, name=name)
    assert states.create_state_machine(name=name, definition=definition, roleArn=ROLE)["stateMachineArn"] == first
    refused("StateMachineAlreadyExists", states.create_state_machine,
            name=name, definition=json.dumps(WAITING), roleArn=ROLE)


@pytest.mark.parametrize("encryption", [
    {"type": "CUSTOMER_MANAGED_KMS_KEY"}, {"type": "AWS_OWNED_KEY", "kmsKeyId": "alias/own"},
])
def test_a_key_must_fit_its_type(states, create, encryption):
    arn, name = create(passing()), unique("key")
    code, definition = "InvalidEncryptionConfiguration", json.dumps(passing())
    refused(code, states.create_state_machine, name=name, definition=definition, roleArn=ROLE,
            encryptionConfiguration=encryption)
    refused(code, states.update_state_machine, stateMachineArn=arn, encryptionConfiguration=encryption)
    refused(code, states.create_activity, name=name, encryptionConfiguration=encryption)


def test_an_activity_keeps_its_encryption(states, activity):
    name = activity.rsplit(":", 1)[1]
    refused("ActivityAlreadyExists", states.create_activity, name=name,
            encryptionConfiguration={"type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": "alias/own"})


def test_an_update_that_changes_nothing_is_refused(states, create):
    refused("MissingRequiredParameter", states.update_state_machine, stateMachineArn=create(passing()))


def test_a_machine_has_at_most_a_hundred_aliases(states, create):
    arn = create(passing(), publish=True)
    route = [{"stateMachineVersionArn": f"{arn}:1", "weight": 100}]
    for number in range(100):
        states.create_state_machine_alias(name=f"alias{number}", routingConfiguration=route)
    refused("ServiceQuotaExceededException", states.create_state_machine_alias, name="last", routingConfiguration=route)


def test_machines_are_listed_in_pages(states, create):
    made = {create(passing()) for _ in range(5)}
    pages = list(states.get_paginator("list_state_machines").paginate(PaginationConfig={"PageSize": 2}))
    assert all(len(page["stateMachines"]) <= 2 for page in pages)
    listed = [found["stateMachineArn"] for page in pages for found in page["stateMachines"]]
    assert made <= set(listed) and len(listed) == len(set(listed))


def test_a_token_that_was_not_given_is_refused(states, create):
    arn = create(passing())
    for call, arguments in [
        (states.list_state_machines, {}),
        (states.list_executions, {"stateMachineArn": arn}),
        (states.list_activities, {}),
        (states.list_state_machine_versions, {"stateMachineArn": arn}),
        (states.list_state_machine_aliases, {"stateMachineArn": arn}),
    ]:
        assert "Invalid Token" in refused("InvalidToken", call, nextToken="no token of ours", **arguments)


@pytest.mark.parametrize("definition, code", [
    ("{", "INVALID_JSON_DESCRIPTION"),
    ("[]", "SCHEMA_VALIDATION_FAILED"),
    (json.dumps({"States": {}}), "SCHEMA_VALIDATION_FAILED"),
    (json.dumps(machine("A", A={"Type": "Pass", "Next": "B"})), "MISSING_TRANSITION_TARGET"),
    (json.dumps(machine("A", A={"Type": "Dance", "End": True})), "SCHEMA_VALIDATION_FAILED"),
])
def test_a_definition_that_cannot_run_is_refused(states, create, definition, code):
    message = refused("InvalidDefinition", states.create_state_machine,
                      name=unique("broken"), definition=definition, roleArn=ROLE)
    assert message.startswith("Invalid State Machine Definition: '") and code in message
    arn = create(passing())
    refused("InvalidDefinition", states.update_state_machine, stateMachineArn=arn, definition=definition)


@pytest.mark.parametrize("name", ["with space", "a*b", "a?b", "<a>", "{a}", "[a]", "a:b", "a/b", 'a"b', "a#b", "a%b", "a&b",
                                  "a\x01b", "a\x7fb"])
def test_names_that_aws_refuses_are_refused(states, create, name):
    assert name in refused("InvalidName", states.create_state_machine,
                           name=name, definition=json.dumps(passing()), roleArn=ROLE)
    refused("InvalidName", states.create_activity, name=name)
    refused("InvalidName", states.start_execution, stateMachineArn=create(passing()), name=name)


def test_definitions_are_validated_without_creating(states):
    good = states.validate_state_machine_definition(definition=json.dumps(passing()))
    assert (good["result"], good["diagnostics"]) == ("OK", [])
    bad = states.validate_state_machine_definition(definition=json.dumps(
        machine("Start", Start={"Type": "Pass", "Next": "Nowhere"}, Other={"Type": "Pass", "Next": "End"})))
    assert bad["result"] == "FAIL" and not bad["truncated"]
    found = {(finding["severity"], finding["code"], finding.get("location")) for finding in bad["diagnostics"]}
    assert ("ERROR", "MISSING_TRANSITION_TARGET", "/States/Start/Next") in found
    assert ("ERROR", "MISSING_TRANSITION_TARGET", "/States/Other/Next") in found
    one = states.validate_state_machine_definition(
        definition=json.dumps(machine("A", A={"Type": "Pass", "Next": "X"}, B={"Type": "Pass", "Next": "Y"})), maxResults=1)
    assert len(one["diagnostics"]) == 1 and one["truncated"]


@pytest.mark.parametrize("operation, arguments", [
    ("describe_state_machine", {"stateMachineArn": "machine"}),
    ("start_execution", {"stateMachineArn": "machine"}),
    ("list_executions", {"stateMachineArn": "machine"}),
    ("describe_execution", {"executionArn": "run"}),
    ("stop_execution", {"executionArn": "run"}),
    ("get_execution_history", {"executionArn": "run"}),
    ("describe_state_machine_for_execution", {"executionArn": "run"}),
    ("redrive_execution", {"executionArn": "run"}),
    ("get_activity_task", {"activityArn": "work"}),
    ("describe_activity", {"activityArn": "work"}),
    ("describe_map_run", {"mapRunArn": "run"}),
    ("list_tags_for_resource", {"resourceArn": "thing"}),
])
def test_what_is_no_arn_is_refused(states, operation, arguments):
    assert "Invalid Arn" in refused("InvalidArn", getattr(states, operation), **arguments)


@pytest.mark.parametrize("operation, arguments", [
    ("describe_state_machine", {}), ("update_state_machine", {"definition": json.dumps(passing())}),
    ("start_execution", {}), ("list_executions", {}),
])
def test_a_machine_that_is_not_there_is_named(states, operation, arguments):
    arn = f"{REGION}:stateMachine:nobody"
    message = refused("StateMachineDoesNotExist", getattr(states, operation), stateMachineArn=arn, **arguments)
    assert arn in message


@pytest.mark.parametrize("operation", [
    "describe_execution", "stop_execution", "get_execution_history", "describe_state_machine_for_execution",
    "redrive_execution",
])
def test_an_execution_that_is_not_there_is_named(states, operation):
    arn = f"{REGION}:execution:nobody:nothing"
    assert arn in refused("ExecutionDoesNotExist", getattr(states, operation), executionArn=arn)


def test_parameters_out_of_their_bounds_are_refused(endpoint):
    """boto3 would refuse them itself: the aws cli is asked not to."""
    done = endpoint.run_aws("stepfunctions", "list-state-machines", "--max-results", "5000", "--no-paginate")
    assert done.returncode != 0 and "ValidationException" in done.stderr


# Executions


def test_an_execution_runs_to_its_end(states, create):
    arn = create(machine(
        "Add", Add={"Type": "Pass", "Parameters": {"sum.$": "States.MathAdd($.a, $.b)"}, "Next": "Done"},
        Done={"Type": "Succeed"}))
    started = states.start_execution(stateMachineArn=arn, input='{"a": 2, "b": 3}')
    found = ended(states, started["executionArn"])
    assert found["status"] == "SUCCEEDED"
    assert json.loads(found["output"]) == {"sum": 5} and json.loads(found["input"]) == {"a": 2, "b": 3}
    assert found["executionArn"].startswith(arn.replace(":stateMachine:", ":execution:") + ":")
    assert found["stopDate"] >= found["startDate"] == started["startDate"]
    assert found["inputDetails"] == found["outputDetails"] == {"included": True}
    assert found["redriveCount"] == 0 and found["redriveStatus"] == "NOT_REDRIVABLE"
    assert types(states, found["executionArn"]) == [
        "ExecutionStarted", "PassStateEntered", "PassStateExited", "SucceedStateEntered", "SucceedStateExited",
        "ExecutionSucceeded"]


def test_starting_again_by_the_same_name_is_idempotent(states, create):
    arn = create(WAITING)
    first = states.start_execution(stateMachineArn=arn, name="order-1", input='{"a":1}')
    again = states.start_execution(stateMachineArn=arn, name="order-1", input='{"a":1}')
    assert (first["executionArn"], first["startDate"]) == (again["executionArn"], again["startDate"])
    message = refused("ExecutionAlreadyExists", states.start_execution,
                      stateMachineArn=arn, name="order-1", input='{"a":2}')
    assert first["executionArn"] in message
    states.stop_execution(executionArn=first["executionArn"])
    refused("ExecutionAlreadyExists", states.start_execution, stateMachineArn=arn, name="order-1", input='{"a":1}')


@pytest.mark.parametrize("input", ["{", "", "nothing"])
def test_an_input_that_is_no_json_is_refused(states, create, input):
    assert "Invalid State Machine Execution Input" in refused(
        "InvalidExecutionInput", states.start_execution, stateMachineArn=create(passing()), input=input)


def test_an_input_over_256_kib_is_refused(states, create):
    arn = create(passing())
    with pytest.raises(ClientError) as problem:
        states.start_execution(stateMachineArn=arn, input=json.dumps("x" * 262_144))
    assert problem.value.response["Error"]["Code"] in ("InvalidExecutionInput", "ValidationException")
    assert run(states, arn, "x" * 262_142)["status"] == "SUCCEEDED"


def test_an_execution_is_stopped_with_its_reason(states, create):
    arn = create(WAITING)
    execution = states.start_execution(stateMachineArn=arn)["executionArn"]
    assert states.describe_execution(executionArn=execution)["status"] == "RUNNING"
    stopped = states.stop_execution(executionArn=execution, error="Shop.Closed", cause="Lunch")
    found = states.describe_execution(executionArn=execution)
    assert (found["status"], found["error"], found["cause"]) == ("ABORTED", "Shop.Closed", "Lunch")
    assert found["stopDate"] == stopped["stopDate"] and "output" not in found
    last = history(states, execution)[-1]
    assert last["type"] == "ExecutionAborted"
    assert last["executionAbortedEventDetails"] == {"error": "Shop.Closed", "cause": "Lunch"}
    assert states.stop_execution(executionArn=execution)["stopDate"] == stopped["stopDate"]


def test_a_failed_execution_tells_its_error(states, create):
    found = run(states, create(FAILING))
    assert (found["status"], found["error"], found["cause"]) == ("FAILED", "Shop.Closed", "It is Sunday")


def test_a_machine_with_a_time_limit_times_out(states, create):
    found = run(states, create({**WAITING, "TimeoutSeconds": 1}))
    assert found["status"] == "TIMED_OUT"
    assert types(states, found["executionArn"])[-1] == "ExecutionTimedOut"


def test_executions_are_listed_by_state_and_in_pages(states, create):
    arn = create(machine(
        "Ask", Ask={"Type": "Choice", "Choices": [{"Variable": "$.fail", "BooleanEquals": True, "Next": "Break"}],
                    "Default": "Done"}, Break={"Type": "Fail"}, Done={"Type": "Succeed"}))
    good = [run(states, arn, {"fail": False})["executionArn"] for _ in range(3)]
    bad = [run(states, arn, {"fail": True})["executionArn"] for _ in range(2)]
    everything = states.list_executions(stateMachineArn=arn)["executions"]
    assert [found["executionArn"] for found in everything] == list(reversed(good + bad))
    assert {found["stateMachineArn"] for found in everything} == {arn}
    failed = states.list_executions(stateMachineArn=arn, statusFilter="FAILED")["executions"]
    assert {found["executionArn"] for found in failed} == set(bad)
    pages = states.get_paginator("list_executions").paginate(stateMachineArn=arn, PaginationConfig={"PageSize": 2})
    assert [len(page["executions"]) for page in pages] == [2, 2, 1]


def test_the_history_has_pages_and_an_order_and_data(states, create):
    arn = create(machine("A", A={"Type": "Pass", "Next": "B"}, B={"Type": "Pass", "Next": "C"},
                         C={"Type": "Pass", "Result": {"c": 1}, "End": True}))
    execution = run(states, arn, {"in": 1})["executionArn"]
    events = history(states, execution)
    assert [event["id"] for event in events] == list(range(1, 9))
    assert [event["previousEventId"] for event in events] == [0, 0, 2, 3, 4, 5, 6, 7]
    assert history(states, execution, reverseOrder=True) == list(reversed(events))
    assert history(states, execution, PaginationConfig={"PageSize": 3}) == events
    page = states.get_execution_history(executionArn=execution, maxResults=3, reverseOrder=True)
    assert [event["id"] for event in page["events"]] == [8, 7, 6]
    entered = events[1]["stateEnteredEventDetails"]
    assert entered["name"] == "A" and json.loads(entered["input"]) == {"in": 1}
    assert entered["inputDetails"] == {"truncated": False}
    bare = history(states, execution, includeExecutionData=False)
    assert [event["type"] for event in bare] == [event["type"] for event in events]
    assert "input" not in bare[1]["stateEnteredEventDetails"]
    assert "output" not in bare[-1]["executionSucceededEventDetails"]
    refused("InvalidToken", states.get_execution_history, executionArn=execution, nextToken="none of ours")


def test_a_description_may_leave_the_data_out(states, create):
    execution = run(states, create(passing()), {"a": 1})["executionArn"]
    found = states.describe_execution(executionArn=execution, includedData="METADATA_ONLY")
    assert found["status"] == "SUCCEEDED" and "input" not in found and "output" not in found


def test_an_execution_keeps_the_definition_that_it_started_with(states, create):
    arn = create(WAITING)
    execution = states.start_execution(stateMachineArn=arn)["executionArn"]
    states.update_state_machine(stateMachineArn=arn, definition=json.dumps(passing()))
    found = states.describe_state_machine_for_execution(executionArn=execution)
    assert json.loads(found["definition"]) == WAITING and found["stateMachineArn"] == arn
    states.stop_execution(executionArn=execution)


def test_a_failed_execution_is_redriven_from_where_it_failed(states, create, activity):
    arn = create(machine("First", First={"Type": "Pass", "Next": "Work"},
                         Work={"Type": "Task", "Resource": activity, "Next": "Last"}, Last={"Type": "Succeed"}))
    execution = states.start_execution(stateMachineArn=arn, input='{"n": 1}')["executionArn"]
    task = states.get_activity_task(activityArn=activity)
    states.send_task_failure(taskToken=task["taskToken"], error="Broken", cause="wire")
    assert ended(states, execution)["status"] == "FAILED"
    assert states.describe_execution(executionArn=execution)["redriveStatus"] == "REDRIVABLE"
    assert states.redrive_execution(executionArn=execution)["redriveDate"]
    task = states.get_activity_task(activityArn=activity)
    assert json.loads(task["input"]) == {"n": 1}
    states.send_task_success(taskToken=task["taskToken"], output='"mended"')
    found = ended(states, execution)
    assert (found["status"], found["redriveCount"], json.loads(found["output"])) == ("SUCCEEDED", 1, "mended")
    seen = types(states, execution)
    assert "ExecutionRedriven" in seen and seen.count("PassStateEntered") == 1
    assert [found["redriveCount"] for found in states.list_executions(
        stateMachineArn=arn, redriveFilter="REDRIVEN")["executions"]] == [1]
    refused("ExecutionNotRedrivable", states.redrive_execution, executionArn=execution)


# What the states do


def test_a_lambda_task_is_retried_then_caught(endpoint, states, create):
    name = deploy(endpoint, """
class Declined(Exception):
    pass

def handler(event, context):
    print("attempt")
    raise Declined("no money")
""")
    arn = create(machine(
        "Pay", Pay={"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
                    "Parameters": {"FunctionName": name, "Payload.$": "$"},
                    "Retry": [{"ErrorEquals": ["Declined"], "IntervalSeconds": 1, "MaxAttempts": 1}],
                    "Catch": [{"ErrorEquals": ["Declined"], "ResultPath": "$.problem", "Next": "Sorry"}], "End": True},
        Sorry={"Type": "Pass", "End": True}))
    found = run(states, arn, {"order": 1})
    assert found["status"] == "SUCCEEDED", found
    output = json.loads(found["output"])
    assert output["order"] == 1 and output["problem"]["Error"] == "Declined"
    assert json.loads(output["problem"]["Cause"])["errorMessage"] == "no money"
    seen = types(states, found["executionArn"])
    assert seen.count("TaskFailed") == 2 and "PassStateEntered" in seen
    assert sum("attempt" in line for line in messages(endpoint, name)) == 2


def test_tasks_reach_tables_and_functions(endpoint, states, create):
    table = unique("table")
    endpoint.client("dynamodb").create_table(
        TableName=table, BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}])
    double = deploy(endpoint, "def handler(event, context):\n    return event['n'] * 2\n")
    arn = create({"QueryLanguage": "JSONata", **machine(
        "Double", Double={"Type": "Task", "Resource": f"arn:aws:lambda:us-east-1:000000000000:function:{double}",
                          "Assign": {"twice": "{% $states.result %}"}, "Next": "Put"},
        Put={"Type": "Task", "Resource": "arn:aws:states:::dynamodb:putItem",
             "Arguments": {"TableName": table, "Item": {"id": {"S": "a"}, "n": {"N": "{% $string($twice) %}"}}},
             "Next": "Get"},
        Get={"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:dynamodb:getItem",
             "Arguments": {"TableName": table, "Key": {"id": {"S": "a"}}},
             "Output": "{% $number($states.result.Item.n.N) %}", "End": True})})
    found = run(states, arn, {"n": 21})
    assert found["status"] == "SUCCEEDED", found
    assert json.loads(found["output"]) == 42


def test_an_execution_waits_for_a_nested_one(states, create):
    child = create(passing(Result={"child": "done"}))
    arn = create(machine("Call", Call={
        "Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2",
        "Parameters": {"StateMachineArn": child, "Input": {"a": 1}}, "OutputPath": "$.Output", "End": True}))
    found = run(states, arn)
    assert found["status"] == "SUCCEEDED", found
    assert json.loads(found["output"]) == {"child": "done"}
    assert [kind for kind in types(states, found["executionArn"]) if kind.startswith("Task")] == [
        "TaskStateEntered", "TaskScheduled", "TaskStarted", "TaskSubmitted", "TaskSucceeded", "TaskStateExited"]


def test_a_resource_that_is_nowhere_fails_the_task_and_is_named(states, create):
    arn = create(machine("Call", Call={
        "Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun", "Parameters": {"JobName": "x"}, "End": True}))
    found = run(states, arn)
    assert found["status"] == "FAILED" and "glue" in (found["error"] + found["cause"]).lower()


def test_branches_and_iterations_run(states, create):
    arn = create(machine("Both", Both={"Type": "Parallel", "End": True, "Branches": [
        passing(Result="left"),
        machine("Each", Each={"Type": "Map", "ItemsPath": "$.items", "End": True, "ItemProcessor": {
            **machine("One", One={"Type": "Pass", "QueryLanguage": "JSONata", "Output": "{% $states.input * $states.input %}",
                                  "End": True})}})]}))
    found = run(states, arn, {"items": [1, 2, 3]})
    assert json.loads(found["output"]) == ["left", [1, 4, 9]]
    seen = types(states, found["executionArn"])
    assert seen.count("MapIterationSucceeded") == 3 and "ParallelStateSucceeded" in seen


# Express


def test_an_express_execution_answers_at_once(states, create):
    arn = create(machine("A", A={"Type": "Pass", "Parameters": {"twice.$": "States.MathAdd($.n, $.n)"}, "End": True}),
                 type="EXPRESS")
    assert states.describe_state_machine(stateMachineArn=arn)["type"] == "EXPRESS"
    answer = states.start_sync_execution(stateMachineArn=arn, input='{"n": 4}')
    assert answer["status"] == "SUCCEEDED" and json.loads(answer["output"]) == {"twice": 8}
    assert ":express:" in answer["executionArn"]
    assert answer["billingDetails"]["billedDurationInMilliseconds"] >= 100
    failed = states.start_sync_execution(stateMachineArn=create(FAILING, type="EXPRESS"))
    assert (failed["status"], failed["error"], failed["cause"]) == ("FAILED", "Shop.Closed", "It is Sunday")


def test_express_executions_are_not_kept(states, create):
    arn = create(passing(), type="EXPRESS")
    started = states.start_execution(stateMachineArn=arn)
    refused("InvalidArn", states.describe_execution, executionArn=started["executionArn"])
    refused("StateMachineTypeNotSupported", states.list_executions, stateMachineArn=arn)


def test_a_standard_machine_has_no_synchronous_execution(states, create):
    refused("StateMachineTypeNotSupported", states.start_sync_execution, stateMachineArn=create(passing()))


# Activities and tokens


def test_activities_are_created_listed_and_deleted(states):
    names = [unique("act") for _ in range(3)]
    made = [states.create_activity(name=name) for name in names]
    assert made[0]["activityArn"] == f"{REGION}:activity:{names[0]}"
    assert states.create_activity(name=names[0])["activityArn"] == made[0]["activityArn"]
    found = states.describe_activity(activityArn=made[1]["activityArn"])
    assert (found["name"], found["creationDate"]) == (names[1], made[1]["creationDate"])
    pages = states.get_paginator("list_activities").paginate(PaginationConfig={"PageSize": 1})
    listed = [activity["name"] for page in pages for activity in page["activities"]]
    assert set(names) <= set(listed)
    for activity in made:
        states.delete_activity(activityArn=activity["activityArn"])
        assert activity["activityArn"] in refused(
            "ActivityDoesNotExist", states.describe_activity, activityArn=activity["activityArn"])
    refused("ActivityDoesNotExist", states.get_activity_task, activityArn=made[0]["activityArn"])


def test_a_worker_takes_a_task_beats_and_answers(states, create, activity):
    arn = create(machine("Work", Work={"Type": "Task", "Resource": activity, "HeartbeatSeconds": 5, "End": True}))
    taken = {}
    worker = threading.Thread(
        target=lambda: taken.update(states.get_activity_task(activityArn=activity, workerName="bench-7")))
    worker.start()
    execution = states.start_execution(stateMachineArn=arn, input='{"n": 1}')["executionArn"]
    worker.join(timeout=20)
    assert json.loads(taken["input"]) == {"n": 1}
    states.send_task_heartbeat(taskToken=taken["taskToken"])
    states.send_task_success(taskToken=taken["taskToken"], output='{"done": true}')
    found = ended(states, execution)
    assert json.loads(found["output"]) == {"done": True}
    events = {event["type"]: event for event in history(states, execution)}
    assert events["ActivityStarted"]["activityStartedEventDetails"]["workerName"] == "bench-7"
    assert {"ActivityScheduled", "ActivitySucceeded"} <= set(events)
    refused("TaskTimedOut", states.send_task_success, taskToken=taken["taskToken"], output="{}")


def test_a_worker_that_fails_fails_the_state(states, create, activity):
    arn = create(machine("Work", Work={"Type": "Task", "Resource": activity, "End": True}))
    execution = states.start_execution(stateMachineArn=arn)["executionArn"]
    task = states.get_activity_task(activityArn=activity)
    states.send_task_failure(taskToken=task["taskToken"], error="Broken", cause="wire")
    found = ended(states, execution)
    assert (found["status"], found["error"], found["cause"]) == ("FAILED", "Broken", "wire")


def test_a_task_without_a_heartbeat_times_out(states, create, activity):
    arn = create(machine("Work", Work={"Type": "Task", "Resource": activity, "HeartbeatSeconds": 1, "TimeoutSeconds": 60,
                                       "End": True}))
    execution = states.start_execution(stateMachineArn=arn)["executionArn"]
    token = states.get_activity_task(activityArn=activity)["taskToken"]
    found = ended(states, execution)
    assert (found["status"], found["error"]) == ("FAILED", "States.HeartbeatTimeout")
    assert "ActivityTimedOut" in types(states, execution)
    refused("TaskTimedOut", states.send_task_heartbeat, taskToken=token)


def test_a_function_gets_a_token_and_somebody_else_answers(endpoint, states, create):
    name = deploy(endpoint, "def handler(event, context):\n    print('token=' + event['token'])\n")
    arn = create(machine("Ask", Ask={
        "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken", "End": True,
        "Parameters": {"FunctionName": name, "Payload": {"token.$": "$$.Task.Token"}}}))
    execution = states.start_execution(stateMachineArn=arn)["executionArn"]
    line = next(line for line in messages(endpoint, name, until="token=") if "token=" in line)
    token = line.split("token=")[1].strip()
    states.send_task_heartbeat(taskToken=token)
    states.send_task_success(taskToken=token, output='"approved"')
    assert json.loads(ended(states, execution)["output"]) == "approved"


@pytest.mark.parametrize("operation, arguments", [
    ("send_task_success", {"output": "{}"}), ("send_task_failure", {}), ("send_task_heartbeat", {}),
])
def test_a_token_that_is_none_is_refused(states, operation, arguments):
    refused("InvalidToken", getattr(states, operation), taskToken="no-token", **arguments)


def test_an_output_that_is_no_json_is_refused(states, create, activity):
    arn = create(machine("Work", Work={"Type": "Task", "Resource": activity, "End": True}))
    execution = states.start_execution(stateMachineArn=arn)["executionArn"]
    token = states.get_activity_task(activityArn=activity)["taskToken"]
    refused("InvalidOutput", states.send_task_success, taskToken=token, output="{")
    states.stop_execution(executionArn=execution)
    refused("TaskTimedOut", states.send_task_success, taskToken=token, output="{}")


# Versions and aliases


def test_versions_are_published_run_and_deleted(states, create):
    arn = create(passing(Result=1))
    first = states.publish_state_machine_version(stateMachineArn=arn, description="one")["stateMachineVersionArn"]
    assert first == f"{arn}:1"
    assert states.publish_state_machine_version(stateMachineArn=arn)["stateMachineVersionArn"] == first
    updated = states.update_state_machine(
        stateMachineArn=arn, definition=json.dumps(passing(Result=2)), publish=True, versionDescription="two")
    assert updated["stateMachineVersionArn"] == f"{arn}:2"
    assert json.loads(run(states, first)["output"]) == 1
    assert json.loads(run(states, f"{arn}:2")["output"]) == 2
    found = states.describe_state_machine(stateMachineArn=first)
    assert found["description"] == "one" and json.loads(found["definition"]) == passing(Result=1)
    listed = states.list_state_machine_versions(stateMachineArn=arn)["stateMachineVersions"]
    assert [version["stateMachineVersionArn"] for version in listed] == [f"{arn}:2", first]
    page = states.list_state_machine_versions(stateMachineArn=arn, maxResults=1)
    assert len(page["stateMachineVersions"]) == 1 and page["nextToken"]
    states.delete_state_machine_version(stateMachineVersionArn=first)
    refused("StateMachineDoesNotExist", states.describe_state_machine, stateMachineArn=first)
    refused("ConflictException", states.publish_state_machine_version,
            stateMachineArn=arn, revisionId="00000000-0000-0000-0000-000000000000")


def test_an_alias_routes_to_versions(states, create):
    arn = create(passing(Result=1))
    one = states.publish_state_machine_version(stateMachineArn=arn)["stateMachineVersionArn"]
    two = states.update_state_machine(
        stateMachineArn=arn, definition=json.dumps(passing(Result=2)), publish=True)["stateMachineVersionArn"]
    alias = states.create_state_machine_alias(
        name="live", routingConfiguration=[{"stateMachineVersionArn": one, "weight": 100}])["stateMachineAliasArn"]
    assert alias == f"{arn}:live"
    found = run(states, alias)
    assert json.loads(found["output"]) == 1
    assert (found["stateMachineAliasArn"], found["stateMachineVersionArn"]) == (alias, one)
    states.update_state_machine_alias(
        stateMachineAliasArn=alias, description="canary",
        routingConfiguration=[{"stateMachineVersionArn": one, "weight": 50}, {"stateMachineVersionArn": two, "weight": 50}])
    described = states.describe_state_machine_alias(stateMachineAliasArn=alias)
    assert described["description"] == "canary" and len(described["routingConfiguration"]) == 2
    assert {json.loads(run(states, alias)["output"]) for _ in range(24)} == {1, 2}
    listed = states.list_state_machine_aliases(stateMachineArn=arn)["stateMachineAliases"]
    assert [each["stateMachineAliasArn"] for each in listed] == [alias]
    assert {each["stateMachineAliasArn"] for each in states.list_executions(stateMachineArn=alias)["executions"]} == {alias}
    assert "live" in refused("ConflictException", states.delete_state_machine_version, stateMachineVersionArn=one)
    refused("ValidationException", states.create_state_machine_alias,
            name="half", routingConfiguration=[{"stateMachineVersionArn": one, "weight": 50}])
    refused("ValidationException", states.create_state_machine_alias,
            name="loose", routingConfiguration=[{"stateMachineVersionArn": arn, "weight": 100}])
    states.delete_state_machine_alias(stateMachineAliasArn=alias)
    refused("ResourceNotFound", states.describe_state_machine_alias, stateMachineAliasArn=alias)
    refused("ResourceNotFound", states.update_state_machine_alias, stateMachineAliasArn=alias, description="x")


# Tags, logs


def test_tags_are_set_read_and_taken_away(states, create, activity):
    arn = create(passing(), tags=[{"key": "team", "value": "shop"}])
    for resource in (arn, activity):
        states.tag_resource(resourceArn=resource, tags=[{"key": "env", "value": "test"}, {"key": "old", "value": ""}])
        states.untag_resource(resourceArn=resource, tagKeys=["old", "never"])
    tags = {tag["key"]: tag["value"] for tag in states.list_tags_for_resource(resourceArn=arn)["tags"]}
    assert tags == {"team": "shop", "env": "test"}
    assert states.list_tags_for_resource(resourceArn=activity)["tags"] == [{"key": "env", "value": "test"}]
    refused("ResourceNotFound", states.tag_resource,
            resourceArn=f"{REGION}:stateMachine:nobody", tags=[{"key": "a", "value": "b"}])
    refused("ResourceNotFound", states.list_tags_for_resource, resourceArn=f"{REGION}:stateMachine:nobody")
    refused("TooManyTags", states.tag_resource, resourceArn=arn,
            tags=[{"key": f"k{number}", "value": "v"} for number in range(60)])


def test_executions_are_logged_where_the_machine_says(endpoint, states, create):
    logs = endpoint.client("logs")
    group = unique("/aws/vendedlogs/states/shop")
    logs.create_log_group(logGroupName=group)
    arn = create(passing(Result={"told": 1}), type="EXPRESS", loggingConfiguration={
        "level": "ALL", "includeExecutionData": True,
        "destinations": [{"cloudWatchLogsLogGroup": {"logGroupArn": f"arn:aws:logs:us-east-1:000000000000:log-group:{group}:*"}}]})
    found = states.describe_state_machine(stateMachineArn=arn)["loggingConfiguration"]
    assert (found["level"], found["includeExecutionData"], len(found["destinations"])) == ("ALL", True, 1)
    execution = states.start_sync_execution(stateMachineArn=arn)["executionArn"]

    def lines():
        found = [json.loads(event["message"]) for event in logs.filter_log_events(logGroupName=group)["events"]]
        return found if any(line["type"] == "ExecutionSucceeded" for line in found) else None

    found = eventually(lines, "the execution is not in the log")
    assert [line["type"] for line in found] == [
        "ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionSucceeded"]
    assert {line["execution_arn"] for line in found} == {execution}
    assert json.loads(found[-1]["details"]["output"]) == {"told": 1}


def test_a_logging_configuration_without_a_place_is_refused(states):
    assert "Log Destination" in refused(
        "InvalidLoggingConfiguration", states.create_state_machine, name=unique("log"), roleArn=ROLE,
        definition=json.dumps(passing()), loggingConfiguration={"level": "ALL", "includeExecutionData": True})


# Single states


def test_a_state_is_tested_by_itself(states):
    choice = {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericGreaterThan": 5, "Next": "Big"}], "Default": "Small"}
    answer = states.test_state(definition=json.dumps(choice), roleArn=ROLE, input='{"n": 9}')
    assert (answer["status"], answer["nextState"]) == ("SUCCEEDED", "Big")
    state = {"Type": "Pass", "InputPath": "$.a", "Parameters": {"b.$": "$.c"}, "ResultPath": "$.d", "Next": "X"}
    answer = states.test_state(definition=json.dumps(state), input='{"a": {"c": 1}}', inspectionLevel="DEBUG")
    data = answer["inspectionData"]
    assert json.loads(data["afterInputPath"]) == {"c": 1}
    assert json.loads(data["afterParameters"]) == {"b": 1}
    assert json.loads(answer["output"])["d"] == {"b": 1}
    fail = {"Type": "Fail", "Error": "E", "Cause": "C"}
    answer = states.test_state(definition=json.dumps(fail), roleArn=ROLE)
    assert (answer["status"], answer["error"], answer["cause"]) == ("FAILED", "E", "C")


def test_a_state_is_tested_with_a_function(endpoint, states):
    name = deploy(endpoint, "def handler(event, context):\n    raise ValueError('bad')\n")
    task = {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": name},
            "Catch": [{"ErrorEquals": ["ValueError"], "Next": "Sorry"}], "End": True}
    answer = states.test_state(definition=json.dumps(task), roleArn=ROLE)
    assert (answer["status"], answer["nextState"], answer["error"]) == ("CAUGHT_ERROR", "Sorry", "ValueError")
    task["Retry"] = [{"ErrorEquals": ["States.ALL"]}]
    assert states.test_state(definition=json.dumps(task), roleArn=ROLE)["status"] == "RETRIABLE"
    refused("InvalidDefinition", states.test_state, definition='{"Type": "Dance"}', roleArn=ROLE)
    refused("InvalidExecutionInput", states.test_state, definition='{"Type": "Succeed"}', roleArn=ROLE, input="{")


# Map runs


def distributed(processor, **fields):
    return machine("Each", Each={
        "Type": "Map", "Label": "Each", "End": True, **fields,
        "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, **processor}})


def test_a_distributed_map_has_a_run_with_children(states, create):
    arn = create(distributed(passing(), MaxConcurrency=2))
    found = run(states, arn, [1, 2, 3])
    assert json.loads(found["output"]) == [1, 2, 3]
    runs = states.list_map_runs(executionArn=found["executionArn"])["mapRuns"]
    assert len(runs) == 1 and runs[0]["executionArn"] == found["executionArn"]
    map_run = states.describe_map_run(mapRunArn=runs[0]["mapRunArn"])
    assert map_run["status"] == "SUCCEEDED" and map_run["maxConcurrency"] == 2
    assert (map_run["itemCounts"]["total"], map_run["itemCounts"]["succeeded"]) == (3, 3)
    assert map_run["executionCounts"]["succeeded"] == 3
    children = states.list_executions(mapRunArn=runs[0]["mapRunArn"])["executions"]
    assert len(children) == 3 and {child["mapRunArn"] for child in children} == {runs[0]["mapRunArn"]}
    child = states.describe_execution(executionArn=children[0]["executionArn"])
    assert child["mapRunArn"] == runs[0]["mapRunArn"]
    seen = types(states, found["executionArn"])
    assert "MapRunStarted" in seen and "MapRunSucceeded" in seen


def test_a_map_run_is_changed_while_it_runs(states, create):
    arn = create(distributed(WAITING))
    execution = states.start_execution(stateMachineArn=arn, input="[1, 2]")["executionArn"]
    runs = eventually(lambda: states.list_map_runs(executionArn=execution)["mapRuns"], "no map run")
    arn = runs[0]["mapRunArn"]
    states.update_map_run(mapRunArn=arn, maxConcurrency=7, toleratedFailureCount=1, toleratedFailurePercentage=25)
    found = states.describe_map_run(mapRunArn=arn)
    assert (found["status"], found["maxConcurrency"], found["toleratedFailureCount"]) == ("RUNNING", 7, 1)
    assert found["toleratedFailurePercentage"] == 25
    states.stop_execution(executionArn=execution)
    eventually(lambda: states.describe_map_run(mapRunArn=arn)["status"] == "ABORTED", "the run goes on")


def test_too_many_failures_end_a_map_run(states, create):
    found = run(states, create(distributed(FAILING)), [1, 2])
    assert (found["status"], found["error"]) == ("FAILED", "States.ExceedToleratedFailureThreshold")
    found = run(states, create(distributed(FAILING, ToleratedFailurePercentage=100)), [1, 2])
    assert found["status"] == "SUCCEEDED"


def test_a_map_run_that_is_not_there_is_refused(states):
    arn = f"{REGION}:mapRun:nobody/Each:00000000-0000-0000-0000-000000000000"
    refused("ResourceNotFound", states.describe_map_run, mapRunArn=arn)
    refused("ResourceNotFound", states.update_map_run, mapRunArn=arn, maxConcurrency=1)
    refused("ExecutionDoesNotExist", states.list_map_runs, executionArn=f"{REGION}:execution:nobody:nothing")


# The aws cli


def test_the_cli_takes_a_machine_from_its_making_to_its_end(endpoint, tmp_path, monkeypatch):
    monkeypatch.setenv("AWS_DISABLE_HOST_PREFIX_INJECTION", "true")
    file = tmp_path / "machine.asl.json"
    file.write_text(json.dumps(passing(Result={"by": "cli"})))
    aws = endpoint.aws
    arn = aws("stepfunctions", "create-state-machine", "--name", unique("cli"), "--role-arn", ROLE,
              "--definition", f"file://{file}")["stateMachineArn"]
    started = aws("stepfunctions", "start-execution", "--state-machine-arn", arn, "--input", '{"a": 1}')
    execution = started["executionArn"]
    found = eventually(
        lambda: (answer := aws("stepfunctions", "describe-execution", "--execution-arn", execution))["status"] in ENDED
        and answer, "the execution goes on")
    assert json.loads(found["output"]) == {"by": "cli"}
    assert len(aws("stepfunctions", "get-execution-history", "--execution-arn", execution)["events"]) == 4
    assert aws("stepfunctions", "list-executions", "--state-machine-arn", arn, "--status-filter", "SUCCEEDED")["executions"]
    assert aws("stepfunctions", "validate-state-machine-definition", "--definition", f"file://{file}")["result"] == "OK"
    assert aws("stepfunctions", "test-state", "--definition", '{"Type": "Succeed"}', "--role-arn", ROLE)["status"] == "SUCCEEDED"
    aws("stepfunctions", "delete-state-machine", "--state-machine-arn", arn)
    refused = endpoint.run_aws("stepfunctions", "describe-execution", "--execution-arn", "nothing")
    assert refused.returncode != 0 and "InvalidArn" in refused.stderr


def test_many_executions_at_once_all_end(states, create):
    arn = create(machine("A", A={"Type": "Pass", "Next": "B"}, B={"Type": "Succeed"}))
    names = [f"run-{number}" for number in range(100)]
    threads = [threading.Thread(target=lambda name=name: states.start_execution(
        stateMachineArn=arn, name=name, input=json.dumps({"name": name}))) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for name in names:
        found = ended(states, f"{arn.replace(':stateMachine:', ':execution:')}:{name}")
        assert found["status"] == "SUCCEEDED" and json.loads(found["output"]) == {"name": name}
