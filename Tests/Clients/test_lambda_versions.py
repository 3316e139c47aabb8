"""Versions, aliases and the configuration of asynchronous invocations as boto3 and aws cli see them."""

import ast
import json

import pytest
from botocore.exceptions import ClientError
from conftest import ROLE, deploy, messages, unique, zipped

CODE = """
import os
def handler(event, context):
    print("GOT", event)
    if isinstance(event, dict) and event.get("fail"):
        raise ValueError("on purpose")
    return [os.environ["VALUE"], context.function_version, context.invoked_function_arn]
"""


def function(endpoint, value="one", **more):
    return deploy(endpoint, CODE, Environment={"Variables": {"VALUE": value}}, **more)


def change(client, name, value):
    client.update_function_configuration(FunctionName=name, Environment={"Variables": {"VALUE": value}})


def answer(client, name, **more):
    response = client.invoke(FunctionName=name, **more)
    return response["ExecutedVersion"], json.loads(response["Payload"].read())


def refusal(call, **arguments):
    with pytest.raises(ClientError) as refused:
        call(**arguments)
    error = refused.value.response
    return error["ResponseMetadata"]["HTTPStatusCode"], error["Error"]["Code"], error["Error"]["Message"]


def test_versions_stay_as_they_were(endpoint):
    client = endpoint.client("lambda")
    name = function(endpoint)
    arn = client.get_function(FunctionName=name)["Configuration"]["FunctionArn"]
    first = client.publish_version(FunctionName=name, Description="the first")
    assert (first["Version"], first["FunctionArn"], first["Description"]) == ("1", f"{arn}:1", "the first")
    assert client.publish_version(FunctionName=name)["Version"] == "1"
    change(client, name, "two")
    new = client.update_function_code(FunctionName=name, ZipFile=zipped(app_py=CODE + "\n"), Publish=True)
    assert new["Version"] == "2"
    assert answer(client, name) == ("$LATEST", ["two", "$LATEST", arn])
    assert answer(client, name, Qualifier="1") == ("1", ["one", "1", f"{arn}:1"])
    assert answer(client, f"{arn}:2") == ("2", ["two", "2", f"{arn}:2"])
    assert client.get_function(FunctionName=name, Qualifier="1")["Configuration"]["Version"] == "1"
    assert client.get_function_configuration(FunctionName=f"{name}:$LATEST")["FunctionArn"] == f"{arn}:$LATEST"
    pages = list(client.get_paginator("list_versions_by_function").paginate(FunctionName=name, PaginationConfig={"PageSize": 2}))
    assert [[v["Version"] for v in page["Versions"]] for page in pages] == [["$LATEST", "1"], ["2"]]
    everything = client.get_paginator("list_functions").paginate(FunctionVersion="ALL")
    assert [f["Version"] for page in everything for f in page["Functions"] if f["FunctionName"] == name] == ["$LATEST", "1", "2"]
    client.delete_function(FunctionName=name, Qualifier="1")
    assert [v["Version"] for v in client.list_versions_by_function(FunctionName=name)["Versions"]] == ["$LATEST", "2"]


def test_refusals_of_versions(endpoint):
    client = endpoint.client("lambda")
    name = function(endpoint)
    arn = client.get_function(FunctionName=name)["Configuration"]["FunctionArn"]
    assert refusal(client.publish_version, FunctionName="nobody")[:2] == (404, "ResourceNotFoundException")
    status, code, message = refusal(client.publish_version, FunctionName=name, CodeSha256="wrong")
    assert code == "InvalidParameterValueException" and message.startswith("CodeSHA256 (wrong) is different from")
    assert refusal(client.publish_version, FunctionName=name, RevisionId="old")[:2] == (412, "PreconditionFailedException")
    assert refusal(client.invoke, FunctionName=name, Qualifier="7") == (
        404, "ResourceNotFoundException", f"Function not found: {arn}:7")
    assert refusal(client.delete_function, FunctionName=name, Qualifier="$LATEST")[2] == (
        "$LATEST version cannot be deleted without deleting the function.")
    client.publish_version(FunctionName=name)
    for call in (client.update_function_configuration, client.publish_version):
        assert refusal(call, FunctionName=f"{name}:1")[2] == "Only $LATEST can be changed or published, not 1."
    status, code, message = refusal(client.get_function, FunctionName=f"{name}:1", Qualifier="2")
    assert code == "InvalidParameterValueException" and "does not match the specified qualifier" in message


def test_aliases_and_their_weights(endpoint):
    client = endpoint.client("lambda")
    name = function(endpoint)
    arn = client.get_function(FunctionName=name)["Configuration"]["FunctionArn"]
    client.publish_version(FunctionName=name)
    change(client, name, "two")
    client.publish_version(FunctionName=name)
    alias = client.create_alias(FunctionName=name, Name="live", FunctionVersion="1", Description="what runs")
    assert (alias["AliasArn"], alias["FunctionVersion"], alias["Description"]) == (f"{arn}:live", "1", "what runs")
    assert "RoutingConfig" not in alias and alias["RevisionId"]
    assert answer(client, name, Qualifier="live") == ("1", ["one", "1", f"{arn}:live"])
    weighted = client.update_alias(FunctionName=name, Name="live", RoutingConfig={"AdditionalVersionWeights": {"2": 0.5}})
    assert weighted["RoutingConfig"] == {"AdditionalVersionWeights": {"2": 0.5}} and weighted["RevisionId"] != alias["RevisionId"]
    assert {answer(client, f"{name}:live")[0] for _ in range(60)} == {"1", "2"}
    moved = client.update_alias(FunctionName=name, Name="live", FunctionVersion="2", RoutingConfig={})
    assert "RoutingConfig" not in moved
    assert answer(client, f"{arn}:live") == ("2", ["two", "2", f"{arn}:live"])
    assert client.get_function_configuration(FunctionName=name, Qualifier="live")["FunctionArn"] == f"{arn}:live"
    for other in ("a", "b", "c"):
        client.create_alias(FunctionName=name, Name=other, FunctionVersion="$LATEST")
    pages = list(client.get_paginator("list_aliases").paginate(FunctionName=name, PaginationConfig={"PageSize": 3}))
    assert [[a["Name"] for a in page["Aliases"]] for page in pages] == [["a", "b", "c"], ["live"]]
    assert [a["Name"] for a in client.list_aliases(FunctionName=name, FunctionVersion="2")["Aliases"]] == ["live"]
    client.delete_alias(FunctionName=name, Name="live")
    client.delete_alias(FunctionName=name, Name="live")
    assert refusal(client.get_alias, FunctionName=name, Name="live") == (
        404, "ResourceNotFoundException", f"Cannot find alias arn: {arn}:live")
    assert refusal(client.invoke, FunctionName=name, Qualifier="live")[2] == f"Function not found: {arn}:live"


def test_refusals_of_aliases(endpoint):
    client = endpoint.client("lambda", parameter_validation=False)
    name = function(endpoint)
    arn = client.get_function(FunctionName=name)["Configuration"]["FunctionArn"]
    client.publish_version(FunctionName=name)
    client.create_alias(FunctionName=name, Name="live", FunctionVersion="1")
    create = lambda **more: refusal(client.create_alias, FunctionName=name, **{"Name": "next", "FunctionVersion": "1", **more})
    weights = lambda **table: {"AdditionalVersionWeights": table}
    assert create(Name="live") == (409, "ResourceConflictException", f"Alias already exists: {arn}:live")
    assert create(FunctionVersion="9") == (404, "ResourceNotFoundException", f"Function not found: {arn}:9")
    assert create(Name="12")[1] == "ValidationException" and "(?!^[0-9]+$)" in create(Name="12")[2]
    assert create(FunctionVersion="$LATEST", RoutingConfig=weights(**{"1": 0.1}))[2] == (
        "$LATEST is not supported for an alias pointing to more than 1 version")
    assert create(RoutingConfig=weights(**{"1": 0.1}))[2] == (
        "Invalid function version 1. Function version 1 is already included in routing configuration.")
    assert create(RoutingConfig=weights(**{"1": 0.1, "2": 0.1}))[2] == (
        "Number of items in AdditionalVersionWeights cannot be greater than 1")
    assert create(RoutingConfig=weights(**{"5": 0.1}))[2] == f"Function not found: {arn}:5"
    assert create(RoutingConfig=weights(**{"2": 1.5}))[1] == "ValidationException"
    assert create(RoutingConfig=weights(**{"live": 0.5}))[1] == "ValidationException"
    assert refusal(client.update_alias, FunctionName=name, Name="none")[2] == f"Alias not found: {arn}:none"
    assert refusal(client.update_alias, FunctionName=name, Name="live", RevisionId="old")[:2] == (412, "PreconditionFailedException")
    assert refusal(client.delete_function, FunctionName=name, Qualifier="1") == (
        409, "ResourceConflictException", "Unable to delete version because the following aliases reference it: [live]")
    assert refusal(client.delete_function, FunctionName=name, Qualifier="live")[2] == "Deletion of aliases is not currently supported."


def test_policies_are_of_a_qualifier(endpoint):
    client = endpoint.client("lambda")
    name = function(endpoint)
    arn = client.get_function(FunctionName=name)["Configuration"]["FunctionArn"]
    client.create_alias(FunctionName=name, Name="live", FunctionVersion="$LATEST")
    grant = dict(FunctionName=name, StatementId="s", Action="lambda:InvokeFunction", Principal="events.amazonaws.com")
    client.add_permission(**grant)
    client.add_permission(**grant, Qualifier="live")
    policy = json.loads(client.get_policy(FunctionName=name, Qualifier="live")["Policy"])
    assert [statement["Resource"] for statement in policy["Statement"]] == [f"{arn}:live"]
    client.remove_permission(FunctionName=name, StatementId="s", Qualifier="live")
    assert refusal(client.get_policy, FunctionName=name, Qualifier="live")[0] == 404
    assert len(json.loads(client.get_policy(FunctionName=name)["Policy"])["Statement"]) == 1


def test_configurations_of_asynchronous_invocations(endpoint):
    client = endpoint.client("lambda")
    name = function(endpoint)
    target = function(endpoint)
    arn = client.get_function(FunctionName=name)["Configuration"]["FunctionArn"]
    destination = client.get_function(FunctionName=target)["Configuration"]["FunctionArn"]
    put = client.put_function_event_invoke_config(
        FunctionName=name, MaximumRetryAttempts=0, MaximumEventAgeInSeconds=60,
        DestinationConfig={"OnFailure": {"Destination": destination}},
    )
    assert put["FunctionArn"] == f"{arn}:$LATEST"
    assert put["DestinationConfig"] == {"OnSuccess": {}, "OnFailure": {"Destination": destination}}
    changed = client.update_function_event_invoke_config(
        FunctionName=name, MaximumEventAgeInSeconds=90, DestinationConfig={"OnSuccess": {"Destination": destination}})
    assert (changed["MaximumRetryAttempts"], changed["MaximumEventAgeInSeconds"]) == (0, 90)
    assert changed["DestinationConfig"] == {"OnSuccess": {"Destination": destination}, "OnFailure": {"Destination": destination}}
    got = client.get_function_event_invoke_config(FunctionName=name)
    assert got["LastModified"] == changed["LastModified"] and got["MaximumEventAgeInSeconds"] == 90
    for alias in ("a", "b"):
        client.create_alias(FunctionName=name, Name=alias, FunctionVersion="$LATEST")
        client.put_function_event_invoke_config(FunctionName=name, Qualifier=alias, MaximumRetryAttempts=1)
    pages = list(client.get_paginator("list_function_event_invoke_configs").paginate(FunctionName=name, PaginationConfig={"PageSize": 2}))
    assert [len(page["FunctionEventInvokeConfigs"]) for page in pages] == [2, 1]
    client.invoke(FunctionName=name, InvocationType="Event", Payload=b'{"fail": true}')
    line = next(m for m in messages(endpoint, target, until="RetriesExhausted") if "RetriesExhausted" in m)
    record = ast.literal_eval(line.removeprefix("GOT "))
    assert record["requestContext"]["functionArn"] == f"{arn}:$LATEST" and record["requestContext"]["approximateInvokeCount"] == 1
    assert record["responsePayload"]["errorType"] == "ValueError" and record["requestPayload"] == {"fail": True}
    client.delete_function_event_invoke_config(FunctionName=name)
    assert refusal(client.get_function_event_invoke_config, FunctionName=name) == (
        404, "ResourceNotFoundException", f"The function {arn}:$LATEST doesn't have an EventInvokeConfig")


def test_refusals_of_configurations_of_asynchronous_invocations(endpoint):
    client = endpoint.client("lambda", parameter_validation=False)
    name = function(endpoint)
    arn = client.get_function(FunctionName=name)["Configuration"]["FunctionArn"]
    put = lambda **more: refusal(client.put_function_event_invoke_config, FunctionName=name, **more)
    to = lambda target: {"OnSuccess": {"Destination": target}}
    assert put() == (400, "InvalidParameterValueException", "You must specify at least one of error handling or destination setting.")
    assert refusal(client.put_function_event_invoke_config, FunctionName="nobody", MaximumRetryAttempts=1) == (
        404, "ResourceNotFoundException", "The function doesn't exist.")
    assert put(DestinationConfig=to(arn))[2] == "You can't specify the function as a destination for itself."
    assert put(DestinationConfig=to(f"{arn}-none"))[2] == f"The destination ARN {arn}-none is invalid."
    table = "arn:aws:dynamodb:us-east-1:000000000000:table/t"
    assert put(DestinationConfig=to(table))[2] == (
        f"The provided destination config DestinationConfig(onSuccess=OnSuccess(destination={table}), onFailure=null) is invalid.")
    assert put(DestinationConfig=to("nowhere"))[1] == "ValidationException"
    assert put(MaximumRetryAttempts=3)[1] == "ValidationException"
    assert put(MaximumEventAgeInSeconds=59)[1] == "ValidationException"
    assert refusal(client.update_function_event_invoke_config, FunctionName=name, MaximumRetryAttempts=1)[0] == 404
    assert refusal(client.delete_function_event_invoke_config, FunctionName=name)[0] == 404


def test_aws_cli_publishes_and_routes(endpoint, tmp_path):
    (tmp_path / "app.zip").write_bytes(zipped(app_py="def handler(event, context):\n    return context.function_version\n"))
    name = unique("cli")
    made = endpoint.aws(
        "lambda", "create-function", "--function-name", name, "--runtime", "python3.12", "--handler", "app.handler",
        "--role", ROLE, "--zip-file", f"fileb://{tmp_path}/app.zip", "--publish",
    )
    assert made["Version"] == "1"
    endpoint.aws("lambda", "update-function-configuration", "--function-name", name, "--timeout", "9")
    assert endpoint.aws("lambda", "publish-version", "--function-name", name)["Version"] == "2"
    alias = endpoint.aws(
        "lambda", "create-alias", "--function-name", name, "--name", "live", "--function-version", "1",
        "--routing-config", "AdditionalVersionWeights={2=1.0}")
    assert alias["RoutingConfig"]["AdditionalVersionWeights"] == {"2": 1.0}
    endpoint.aws("lambda", "invoke", "--function-name", name, "--qualifier", "live", str(tmp_path / "out"))
    assert json.loads((tmp_path / "out").read_text()) == "2"
