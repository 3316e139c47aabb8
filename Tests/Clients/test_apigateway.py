"""HTTP APIs through boto3, called as a browser or a program would."""

import json

import pytest
from apis import FUNCTION, INVOKE, call
from botocore.exceptions import ClientError
from conftest import deploy, eventually, unique

CODE = """
import time
def handler(event, context):
    if event["rawPath"].endswith("/fail"):
        raise ValueError("no")
    if event["rawPath"].endswith("/slow"):
        time.sleep(2)
    return event
"""


@pytest.fixture(scope="module")
def api(endpoint):
    name = deploy(endpoint, CODE, timeout=10)
    client = endpoint.client("apigatewayv2")
    api = client.create_api(Name=unique("api"), ProtocolType="HTTP", CorsConfiguration={"AllowOrigins": ["*"]})
    function = f"arn:aws:lambda:us-east-1:000000000000:function:{name}"
    integration = client.create_integration(
        ApiId=api["ApiId"], IntegrationType="AWS_PROXY", IntegrationUri=function, PayloadFormatVersion="2.0",
        TimeoutInMillis=1000)
    for key in ("GET /items/{id}", "POST /items", "GET /fail", "GET /slow"):
        client.create_route(ApiId=api["ApiId"], RouteKey=key, Target=f"integrations/{integration['IntegrationId']}")
    client.create_stage(ApiId=api["ApiId"], StageName="$default", AutoDeploy=True)
    return api["ApiId"], integration["IntegrationId"]


@pytest.mark.parametrize("by_host", [True, False])
def test_a_route_reaches_its_function(endpoint, api, by_host):
    answer, event = call(endpoint, api[0], "GET", "/items/a%20b?x=1&x=2", by_host=by_host)
    assert answer.status == 200
    assert event["routeKey"] == "GET /items/{id}"
    assert event["pathParameters"] == {"id": "a b"}
    assert event["rawQueryString"] == "x=1&x=2"
    assert event["queryStringParameters"] == {"x": "1,2"}
    assert event["requestContext"]["http"]["sourceIp"] == "127.0.0.1"


def test_a_form_comes_as_base64(endpoint, api):
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert call(endpoint, api[0], "POST", "/items", "a=1", headers=form)[1]["isBase64Encoded"] is True
    plain = {"Content-Type": "application/json"}
    assert call(endpoint, api[0], "POST", "/items", "{}", headers=plain)[1]["body"] == "{}"


def test_errors(endpoint, api):
    for path, status, message in [
        ("/none", 404, "Not Found"), ("/fail", 500, "Internal Server Error"), ("/slow", 503, "Service Unavailable"),
        ("/_fntop/health", 404, "Not Found"),
    ]:
        answer, body = call(endpoint, api[0], "GET", path)
        assert (answer.status, body) == (status, {"message": message})


def test_preflights_are_answered(endpoint, api):
    headers = {"Origin": "https://a.example", "Access-Control-Request-Method": "GET"}
    answer, _ = call(endpoint, api[0], "OPTIONS", "/items/1", headers=headers)
    assert answer.status == 204
    assert answer.headers["access-control-allow-origin"] == "*"


def test_the_default_route_takes_the_rest(endpoint, api):
    client = endpoint.client("apigatewayv2")
    name = deploy(endpoint, CODE)
    quick = client.create_api(
        Name=unique("api"), ProtocolType="HTTP", Target=f"arn:aws:lambda:us-east-1:000000000000:function:{name}")
    assert call(endpoint, quick["ApiId"], "PUT", "/any/thing")[1]["routeKey"] == "$default"
    client.update_api(ApiId=quick["ApiId"], RouteKey="GET /only")
    assert call(endpoint, quick["ApiId"], "PUT", "/any/thing")[0].status == 404
    assert call(endpoint, quick["ApiId"], "GET", "/only")[0].status == 200


AUTHORIZER = """
def handler(event, context):
    assert event["version"] == "2.0" and event["type"] == "REQUEST", event
    return {"isAuthorized": event["identitySource"] == ["secret"], "context": {"team": "blue", "route": event["routeKey"]}}
"""


def test_a_function_authorizes(endpoint, api):
    client = endpoint.client("apigatewayv2")
    name = deploy(endpoint, AUTHORIZER)
    authorizer = client.create_authorizer(
        ApiId=api[0], Name=unique("own"), AuthorizerType="REQUEST", AuthorizerUri=INVOKE.format(FUNCTION + name),
        IdentitySource=["$request.header.Authorization"], AuthorizerPayloadFormatVersion="2.0",
        EnableSimpleResponses=True, AuthorizerResultTtlInSeconds=0)["AuthorizerId"]
    client.create_route(
        ApiId=api[0], RouteKey="GET /locked", Target=f"integrations/{api[1]}", AuthorizationType="CUSTOM",
        AuthorizerId=authorizer)
    assert call(endpoint, api[0], "GET", "/locked")[1] == {"message": "Unauthorized"}
    answer, body = call(endpoint, api[0], "GET", "/locked", headers={"Authorization": "guess"})
    assert (answer.status, body) == (403, {"message": "Forbidden"})
    event = call(endpoint, api[0], "GET", "/locked", headers={"Authorization": "secret"})[1]
    assert event["requestContext"]["authorizer"]["lambda"] == {"team": "blue", "route": "GET /locked"}


def test_a_workflow_is_started_and_waited_for(endpoint):
    states = endpoint.client("stepfunctions")
    client = endpoint.client("apigatewayv2")
    api = client.create_api(Name=unique("states"), ProtocolType="HTTP")["ApiId"]
    client.create_stage(ApiId=api, StageName="$default", AutoDeploy=True)
    definition = json.dumps({"StartAt": "A", "States": {"A": {"Type": "Pass", "End": True}}})
    for key, subtype, kind in [("POST /start", "StartExecution", "STANDARD"), ("POST /sync", "StartSyncExecution", "EXPRESS")]:
        machine = states.create_state_machine(
            name=unique("machine"), roleArn="arn:aws:iam::000000000000:role/none", definition=definition, type=kind)
        integration = client.create_integration(
            ApiId=api, IntegrationType="AWS_PROXY", IntegrationSubtype=f"StepFunctions-{subtype}",
            PayloadFormatVersion="1.0", CredentialsArn="arn:aws:iam::000000000000:role/none",
            RequestParameters={"StateMachineArn": machine["stateMachineArn"], "Input": "$request.body"})
        client.create_route(ApiId=api, RouteKey=key, Target=f"integrations/{integration['IntegrationId']}")
    started = call(endpoint, api, "POST", "/start", {"n": 1})[1]
    found = eventually(
        lambda: (done := states.describe_execution(executionArn=started["executionArn"]))["status"] != "RUNNING" and done,
        "the execution does not end")
    assert json.loads(found["output"]) == {"n": 1}
    waited = call(endpoint, api, "POST", "/sync", {"n": 2})[1]
    assert (waited["status"], json.loads(waited["output"])) == ("SUCCEEDED", {"n": 2})
    stop = client.create_integration(
        ApiId=api, IntegrationType="AWS_PROXY", IntegrationSubtype="StepFunctions-StopExecution",
        PayloadFormatVersion="1.0", RequestParameters={"ExecutionArn": "$request.body.arn"})
    client.create_route(ApiId=api, RouteKey="POST /stop", Target=f"integrations/{stop['IntegrationId']}")
    answer, body = call(endpoint, api, "POST", "/stop", {"arn": "arn:aws:states:us-east-1:000000000000:execution:no:no"})
    assert (answer.status, body["__type"]) == (400, "ExecutionDoesNotExist")


def test_the_control_plane(endpoint):
    client = endpoint.client("apigatewayv2")
    id = client.create_api(Name="control", ProtocolType="HTTP", Tags={"a": "1"})["ApiId"]
    assert client.update_api(ApiId=id, Name="renamed", CorsConfiguration={"AllowOrigins": ["*"]})["Name"] == "renamed"
    client.delete_cors_configuration(ApiId=id)
    assert "CorsConfiguration" not in client.get_api(ApiId=id)
    integrations = [
        client.create_integration(
            ApiId=id, IntegrationType="HTTP_PROXY", IntegrationMethod="GET", IntegrationUri="http://127.0.0.1:1/",
            PayloadFormatVersion="1.0", RequestParameters={"append:header.a": "1"})["IntegrationId"] for _ in range(3)]
    changed = client.update_integration(
        ApiId=id, IntegrationId=integrations[0], TimeoutInMillis=5000,
        RequestParameters={"append:header.a": "", "append:header.b": "2"})
    assert (changed["TimeoutInMillis"], changed["RequestParameters"]) == (5000, {"append:header.b": "2"})
    pages = client.get_paginator("get_integrations").paginate(ApiId=id, PaginationConfig={"PageSize": 2})
    assert [one["IntegrationId"] for page in pages for one in page["Items"]] == integrations
    route = client.create_route(ApiId=id, RouteKey="GET /a", Target=f"integrations/{integrations[0]}")["RouteId"]
    with pytest.raises(client.exceptions.ConflictException):
        client.create_route(ApiId=id, RouteKey="GET /a")
    with pytest.raises(client.exceptions.ConflictException):
        client.delete_integration(ApiId=id, IntegrationId=integrations[0])
    assert client.update_route(ApiId=id, RouteId=route, OperationName="a")["OperationName"] == "a"
    assert client.get_route(ApiId=id, RouteId=route)["RouteKey"] == "GET /a"
    authorizer = client.create_authorizer(
        ApiId=id, Name="jwt", AuthorizerType="JWT", IdentitySource=["$request.header.Authorization"],
        JwtConfiguration={"Issuer": "http://127.0.0.1:1", "Audience": ["a"]})["AuthorizerId"]
    client.update_authorizer(ApiId=id, AuthorizerId=authorizer, Name="other")
    assert client.get_authorizer(ApiId=id, AuthorizerId=authorizer)["Name"] == "other"
    assert len(client.get_authorizers(ApiId=id)["Items"]) == 1
    model = client.create_model(ApiId=id, Name="Order", Schema='{"type": "object"}')["ModelId"]
    client.update_model(ApiId=id, ModelId=model, Description="d")
    assert client.get_model(ApiId=id, ModelId=model)["Description"] == "d"
    assert client.get_model_template(ApiId=id, ModelId=model)["Value"]
    assert len(client.get_models(ApiId=id)["Items"]) == 1
    deployment = client.create_deployment(ApiId=id)["DeploymentId"]
    client.update_deployment(ApiId=id, DeploymentId=deployment, Description="first")
    assert client.get_deployment(ApiId=id, DeploymentId=deployment)["Description"] == "first"
    assert client.get_deployments(ApiId=id)["Items"][0]["DeploymentStatus"] == "DEPLOYED"
    client.create_stage(ApiId=id, StageName="prod", DeploymentId=deployment, StageVariables={"a": "b"})
    stage = client.update_stage(
        ApiId=id, StageName="prod", RouteSettings={"GET /a": {"ThrottlingRateLimit": 5, "ThrottlingBurstLimit": 5}},
        AccessLogSettings={"Format": "$context.requestId", "DestinationArn": "arn:aws:logs:us-east-1:000000000000:log-group:a"})
    assert stage["RouteSettings"]["GET /a"]["ThrottlingRateLimit"] == 5
    client.delete_route_settings(ApiId=id, StageName="prod", RouteKey="GET /a")
    client.delete_access_log_settings(ApiId=id, StageName="prod")
    client.reset_authorizers_cache(ApiId=id, StageName="prod")
    assert client.get_stage(ApiId=id, StageName="prod")["StageVariables"] == {"a": "b"}
    assert [one["StageName"] for one in client.get_stages(ApiId=id)["Items"]] == ["prod"]
    arn = f"arn:aws:apigateway:us-east-1::/apis/{id}"
    client.tag_resource(ResourceArn=arn, Tags={"b": "2"})
    client.untag_resource(ResourceArn=arn, TagKeys=["a"])
    assert client.get_tags(ResourceArn=arn)["Tags"] == {"b": "2"}
    client.delete_stage(ApiId=id, StageName="prod")
    client.delete_deployment(ApiId=id, DeploymentId=deployment)
    client.delete_route_request_parameter(ApiId=id, RouteId=route, RequestParameterKey="x")
    client.delete_route(ApiId=id, RouteId=route)
    client.delete_model(ApiId=id, ModelId=model)
    client.delete_authorizer(ApiId=id, AuthorizerId=authorizer)
    for one in integrations:
        client.delete_integration(ApiId=id, IntegrationId=one)
    assert id in [one["ApiId"] for one in client.get_apis()["Items"]]
    client.delete_api(ApiId=id)
    with pytest.raises(client.exceptions.NotFoundException):
        client.get_api(ApiId=id)
    with pytest.raises(ClientError, match="fntop does not serve"):
        client.create_vpc_link(Name="v", SubnetIds=["s"])


def test_import_and_export(endpoint):
    client = endpoint.client("apigatewayv2")
    name = deploy(endpoint, CODE)
    integration = {
        "type": "AWS_PROXY", "httpMethod": "POST", "payloadFormatVersion": "2.0", "uri": INVOKE.format(FUNCTION + name)}
    document = {
        "openapi": "3.0.1", "info": {"title": "pets", "version": "1"},
        "x-amazon-apigateway-cors": {"allowOrigins": ["*"]},
        "paths": {
            "/pets/{id}": {"get": {"operationId": "getPet", "x-amazon-apigateway-integration": integration}},
            "/$default": {"x-amazon-apigateway-any-method": {"x-amazon-apigateway-integration": integration}},
        },
    }
    id = client.import_api(Body=json.dumps(document))["ApiId"]
    client.create_stage(ApiId=id, StageName="$default", AutoDeploy=True)
    assert call(endpoint, id, "GET", "/pets/7")[1]["routeKey"] == "GET /pets/{id}"
    assert call(endpoint, id, "PUT", "/else")[1]["routeKey"] == "$default"
    exported = client.export_api(ApiId=id, Specification="OAS30", OutputType="JSON")["body"].read()
    again = client.import_api(Body=exported.decode())["ApiId"]
    assert {one["RouteKey"] for one in client.get_routes(ApiId=again)["Items"]} == {"GET /pets/{id}", "$default"}
    document["paths"].pop("/$default")
    client.reimport_api(ApiId=id, Body=json.dumps(document))
    assert call(endpoint, id, "PUT", "/else")[0].status == 404


def test_aws_cli(endpoint):
    id = endpoint.aws("apigatewayv2", "create-api", "--name", "cli", "--protocol-type", "HTTP")["ApiId"]
    assert endpoint.aws("apigatewayv2", "get-api", "--api-id", id)["ProtocolType"] == "HTTP"
    assert endpoint.aws("apigatewayv2", "get-routes", "--api-id", id)["Items"] == []
    endpoint.aws("apigatewayv2", "delete-api", "--api-id", id)
