"""REST APIs through boto3 and aws cli, called as a browser or a program would."""

import json
import subprocess
import re
import threading
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from apis import FUNCTION, INVOKE, Rest, call, proxy
from botocore.exceptions import ClientError
from conftest import Endpoint, deploy, eventually, unique

ECHO = """
import json
def handler(event, context):
    if event.get("fail"):
        raise ValueError("no such order")
    if "requestContext" not in event:
        return event
    if event["path"].endswith("/fail"):
        raise ValueError("no")
    return {"statusCode": 200, "headers": {"X-From": "function"}, "body": json.dumps(event)}
"""

ORDERS = """
import json, os, uuid
import boto3
table = boto3.resource("dynamodb", endpoint_url=os.environ["AWS_ENDPOINT_URL"], region_name="us-east-1",
                       aws_access_key_id="test", aws_secret_access_key="test").Table("TABLE")
def handler(event, context):
    if event["httpMethod"] == "POST":
        order = {**json.loads(event["body"]), "id": str(uuid.uuid4())}
        table.put_item(Item=order)
        return {"statusCode": 201, "body": json.dumps(order)}
    found = table.get_item(Key={"id": event["pathParameters"]["id"]}).get("Item")
    return {"statusCode": 200 if found else 404, "body": json.dumps(found or {"message": "no such order"}, default=str)}
"""

AUTHORIZER = """
def handler(event, context):
    token = event.get("authorizationToken") or event["headers"].get("Authorization", "")
    if token == "nobody":
        raise Exception("Unauthorized")
    effect = "Allow" if token == "allow" else "Deny"
    statement = {"Action": "execute-api:Invoke", "Effect": effect, "Resource": event["methodArn"]}
    return {"principalId": "ann", "policyDocument": {"Version": "2012-10-17", "Statement": [statement]},
            "context": {"team": "blue"}}
"""


@pytest.fixture(scope="module")
def echo(endpoint):
    return deploy(endpoint, ECHO, timeout=10)


@pytest.fixture(scope="module")
def api(endpoint, echo):
    api = Rest(endpoint)
    api.method(["hello", "{name}"], "GET", proxy(echo))
    api.method(["files", "{proxy+}"], "ANY", proxy(echo))
    api.deploy(variables={"color": "green"})
    return api


def test_a_method_reaches_its_function(endpoint, api):
    answer, event = call(endpoint, api.id, "GET", "/dev/hello/a%20b?x=1&x=2", headers={"X-One": "1"})
    assert answer.status == 200
    assert answer.headers["X-From"] == "function"
    assert re.fullmatch(r"[0-9a-f-]{36}", answer.headers["x-amzn-RequestId"])
    assert answer.headers["x-amz-apigw-id"]
    assert answer.headers["X-Amzn-Trace-Id"].startswith("Root=1-")
    assert event["resource"] == "/hello/{name}"
    assert event["path"] == "/hello/a b"
    assert event["pathParameters"] == {"name": "a b"}
    assert event["multiValueQueryStringParameters"] == {"x": ["1", "2"]}
    assert event["stageVariables"] == {"color": "green"}
    assert event["requestContext"]["stage"] == "dev"
    assert event["headers"]["X-One"] == "1"


@pytest.mark.parametrize("path", ["/_aws/execute-api/{}/dev/hello/x", "/restapis/{}/dev/_user_request_/hello/x"])
def test_an_api_is_reached_by_path(endpoint, api, path):
    answer, event = call(endpoint, None, "GET", path.format(api.id))
    assert answer.status == 200
    assert event["path"] == "/hello/x"


def test_a_greedy_path_takes_the_rest(endpoint, api):
    assert call(endpoint, api.id, "PUT", "/dev/files/a/b/c")[1]["pathParameters"] == {"proxy": "a/b/c"}


def test_errors(endpoint, api):
    for path, status, message in [
        ("/dev/none", 403, "Missing Authentication Token"), ("/none/hello/x", 403, "Forbidden"),
        ("/dev/files/fail", 502, "Internal server error"),
    ]:
        answer, body = call(endpoint, api.id, "GET", path)
        assert (answer.status, body) == (status, {"message": message})


@pytest.mark.skipif(
    subprocess.run(["python3", "-c", "import boto3"], capture_output=True).returncode != 0,
    reason="the functions of the application need boto3 beside the python3 on the PATH")
def test_the_order_application(endpoint):
    """As the articles build it: a REST API in front of a function that keeps orders in a table."""
    table = unique("orders")
    endpoint.client("dynamodb").create_table(
        TableName=table, BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}])
    name = deploy(endpoint, ORDERS.replace("TABLE", table), timeout=20)
    client = endpoint.client("apigateway")
    api = client.create_rest_api(name="OrderAPI", description="Takes orders")["id"]
    root = next(one["id"] for one in client.get_resources(restApiId=api)["items"] if one["path"] == "/")
    orders = client.create_resource(restApiId=api, parentId=root, pathPart="order")["id"]
    order = client.create_resource(restApiId=api, parentId=orders, pathPart="{id}")["id"]
    for resource, method in [(orders, "POST"), (order, "GET")]:
        client.put_method(restApiId=api, resourceId=resource, httpMethod=method, authorizationType="NONE")
        client.put_integration(
            restApiId=api, resourceId=resource, httpMethod=method, type="AWS_PROXY", integrationHttpMethod="POST",
            uri=INVOKE.format(FUNCTION + name))
        client.put_method_response(
            restApiId=api, resourceId=resource, httpMethod=method, statusCode="200",
            responseModels={"application/json": "Empty"})
        client.put_integration_response(
            restApiId=api, resourceId=resource, httpMethod=method, statusCode="200",
            responseTemplates={"application/json": ""})
    client.create_deployment(restApiId=api, stageName="prod")
    answer, made = call(endpoint, api, "POST", "/prod/order", {"item": "tea", "count": 2})
    assert answer.status == 201
    answer, found = call(endpoint, api, "GET", f"/prod/order/{made['id']}")
    assert answer.status == 200
    assert found["item"] == "tea"
    assert call(endpoint, api, "GET", "/prod/order/none")[0].status == 404


def test_templates_map_requests_and_answers(endpoint, echo):
    api = Rest(endpoint)
    uri = INVOKE.format(FUNCTION + echo)
    template = '{"id": "$input.params(\'id\')", "fail": $input.json(\'$.fail\'), "who": "$context.identity.sourceIp"}'
    api.method(
        ["order", "{id}"], "POST",
        {"type": "AWS", "integrationHttpMethod": "POST", "uri": uri, "requestTemplates": {"application/json": template}},
        [("200", {"responseTemplates": {"application/json": '{"got": $input.json("$.id")}'}}),
         ("404", {"selectionPattern": "no such.*", "responseParameters": {
             "method.response.header.X-Why": "integration.response.body.errorType"},
             "responseTemplates": {"application/json": '{"error": "$input.path(\'$.errorMessage\')"}'}})])
    api.deploy()
    assert call(endpoint, api.id, "POST", "/dev/order/7", {"fail": False})[1] == {"got": "7"}
    answer, body = call(endpoint, api.id, "POST", "/dev/order/7", {"fail": True})
    assert (answer.status, body) == (404, {"error": "no such order"})
    assert answer.headers["X-Why"] == "ValueError"


def test_services_answer_without_a_function(endpoint):
    table = unique("direct")
    endpoint.client("dynamodb").create_table(
        TableName=table, BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}])
    api = Rest(endpoint)
    put = '{"TableName": "%s", "Item": {"id": {"S": "$input.params(\'id\')"}, "note": {"S": $input.json("$.note")}}}'
    get = '{"TableName": "%s", "Key": {"id": {"S": "$input.params(\'id\')"}}}'
    for method, action, template in [("PUT", "PutItem", put), ("GET", "GetItem", get)]:
        api.method(
            ["notes", "{id}"], method,
            {"type": "AWS", "integrationHttpMethod": "POST", "credentials": "arn:aws:iam::000000000000:role/none",
             "uri": f"arn:aws:apigateway:us-east-1:dynamodb:action/{action}",
             "requestTemplates": {"application/json": template % table}},
            [("200", {"responseTemplates": {"application/json": '{"note": "$input.path(\'$.Item.note.S\')"}'}}),
             ("400", {"selectionPattern": "4\\d{2}"})])
    api.deploy()
    assert call(endpoint, api.id, "PUT", "/dev/notes/1", {"note": "hi"})[0].status == 200
    assert call(endpoint, api.id, "GET", "/dev/notes/1")[1] == {"note": "hi"}


def test_a_workflow_is_started(endpoint):
    states = endpoint.client("stepfunctions")
    machine = states.create_state_machine(
        name=unique("machine"), roleArn="arn:aws:iam::000000000000:role/none",
        definition=json.dumps({"StartAt": "A", "States": {"A": {"Type": "Pass", "End": True}}}))["stateMachineArn"]
    template = '{"stateMachineArn": "%s", "input": "$util.escapeJavaScript($input.json(\'$\')).replaceAll("\\\\\'", "\'")"}' % machine
    api = Rest(endpoint)
    api.method(
        ["start"], "POST",
        {"type": "AWS", "integrationHttpMethod": "POST", "uri": "arn:aws:apigateway:us-east-1:states:action/StartExecution",
         "credentials": "arn:aws:iam::000000000000:role/none", "requestTemplates": {"application/json": template}},
        [("200", {})])
    api.deploy()
    answer, body = call(endpoint, api.id, "POST", "/dev/start", {"n": "it's 1"})
    assert answer.status == 200
    found = eventually(
        lambda: (done := states.describe_execution(executionArn=body["executionArn"]))["status"] != "RUNNING" and done,
        "the execution does not end")
    assert json.loads(found["output"]) == {"n": "it's 1"}


class Backend(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        content = json.dumps({"path": self.path, "body": body.decode(), "h": self.headers.get("X-Mapped")}).encode()
        self.send_response(404 if "none" in self.path else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("X-Backend", "yes")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *words):
        pass


@pytest.fixture(scope="module")
def backend():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Backend)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_http_backends(endpoint, backend):
    api = Rest(endpoint)
    parameters = {"requestParameters": {"method.request.path.proxy": True}}
    api.method(
        ["through", "{proxy+}"], "POST",
        {"type": "HTTP_PROXY", "integrationHttpMethod": "POST", "uri": f"{backend}/x/{{proxy}}",
         "requestParameters": {"integration.request.path.proxy": "method.request.path.proxy",
                               "integration.request.header.X-Mapped": "'static'"}}, **parameters)
    api.method(
        ["mapped", "{id}"], "POST",
        {"type": "HTTP", "integrationHttpMethod": "POST", "uri": f"{backend}/y/{{id}}",
         "requestParameters": {"integration.request.path.id": "method.request.path.id",
                               "integration.request.querystring.stage": "context.stage"},
         "requestTemplates": {"application/json": '{"wrapped": $input.json("$")}'}},
        [("200", {"responseParameters": {"method.response.header.X-Seen": "integration.response.header.X-Backend"}}),
         ("410", {"selectionPattern": "404", "responseTemplates": {"application/json": '{"gone": true}'}})],
        requestParameters={"method.request.path.id": True})
    api.deploy()
    answer, body = call(endpoint, api.id, "POST", "/dev/through/a/b?q=1", "hi")
    assert (answer.status, answer.headers["X-Backend"]) == (200, "yes")
    assert body == {"path": "/x/a/b?q=1", "body": "hi", "h": "static"}
    answer, body = call(endpoint, api.id, "POST", "/dev/mapped/7", {"a": 1})
    assert answer.headers["X-Seen"] == "yes"
    assert body["path"] == "/y/7?stage=dev"
    assert json.loads(body["body"]) == {"wrapped": {"a": 1}}
    answer, body = call(endpoint, api.id, "POST", "/dev/mapped/none", {})
    assert (answer.status, body) == (410, {"gone": True})


def test_a_mock_makes_cors_work(endpoint):
    api = Rest(endpoint)
    api.method(
        [], "OPTIONS", {"type": "MOCK", "requestTemplates": {"application/json": '{"statusCode": 200}'}},
        [("200", {"responseParameters": {"method.response.header.Access-Control-Allow-Origin": "'*'"}})])
    api.deploy()
    answer, _ = call(endpoint, api.id, "OPTIONS", "/dev", headers={"Origin": "https://a.example"})
    assert (answer.status, answer.headers["Access-Control-Allow-Origin"]) == (200, "*")


@pytest.mark.parametrize("kind", ["TOKEN", "REQUEST"])
def test_a_function_authorizes(endpoint, echo, kind):
    name = deploy(endpoint, AUTHORIZER)
    api = Rest(endpoint)
    authorizer = api.client.create_authorizer(
        restApiId=api.id, name="own", type=kind, authorizerUri=INVOKE.format(FUNCTION + name),
        identitySource="method.request.header.Authorization", authorizerResultTtlInSeconds=0)["id"]
    api.method(["a"], "GET", proxy(echo), authorizationType="CUSTOM", authorizerId=authorizer)
    api.deploy()
    assert call(endpoint, api.id, "GET", "/dev/a")[0].status == 401
    assert call(endpoint, api.id, "GET", "/dev/a", headers={"Authorization": "nobody"})[1] == {"message": "Unauthorized"}
    answer, body = call(endpoint, api.id, "GET", "/dev/a", headers={"Authorization": "deny"})
    assert (answer.status, body) == (
        403, {"Message": "User is not authorized to access this resource with an explicit deny"})
    answer, event = call(endpoint, api.id, "GET", "/dev/a", headers={"Authorization": "allow"})
    assert event["requestContext"]["authorizer"]["principalId"] == "ann"
    assert event["requestContext"]["authorizer"]["team"] == "blue"
    tested = api.client.test_invoke_authorizer(
        restApiId=api.id, authorizerId=authorizer, headers={"Authorization": "allow"})
    assert (tested["clientStatus"], tested["principalId"]) == (200, "ann")


def test_keys_and_usage_plans(endpoint, echo):
    api = Rest(endpoint)
    api.method(["a"], "GET", proxy(echo), apiKeyRequired=True)
    api.deploy()
    client = api.client
    key = client.create_api_key(name=unique("key"), enabled=True)
    assert call(endpoint, api.id, "GET", "/dev/a", headers={"x-api-key": key["value"]})[1] == {"message": "Forbidden"}
    plan = client.create_usage_plan(
        name="plan", apiStages=[{"apiId": api.id, "stage": "dev"}], quota={"limit": 2, "period": "DAY"},
        throttle={"rateLimit": 100, "burstLimit": 50})
    client.create_usage_plan_key(usagePlanId=plan["id"], keyId=key["id"], keyType="API_KEY")
    assert [one["id"] for one in client.get_usage_plan_keys(usagePlanId=plan["id"])["items"]] == [key["id"]]
    assert client.get_usage_plan_key(usagePlanId=plan["id"], keyId=key["id"])["value"] == key["value"]
    assert client.get_usage_plan(usagePlanId=plan["id"])["quota"] == {"limit": 2, "period": "DAY"}
    assert [one["id"] for one in client.get_usage_plans(keyId=key["id"])["items"]] == [plan["id"]]
    assert key["id"] in [one["id"] for one in client.get_api_keys()["items"]]
    statuses = [call(endpoint, api.id, "GET", "/dev/a", headers={"x-api-key": key["value"]})[0].status for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert call(endpoint, api.id, "GET", "/dev/a", headers={"x-api-key": key["value"]})[1] == {"message": "Limit Exceeded"}
    today = datetime.now(timezone.utc).date().isoformat()
    usage = client.get_usage(usagePlanId=plan["id"], startDate=today, endDate=today)
    assert usage["items"] == {key["id"]: [[2, 0]]}
    client.update_usage(
        usagePlanId=plan["id"], keyId=key["id"], patchOperations=[{"op": "replace", "path": "/remaining", "value": "5"}])
    assert call(endpoint, api.id, "GET", "/dev/a", headers={"x-api-key": key["value"]})[0].status == 200
    with pytest.raises(client.exceptions.BadRequestException):
        client.delete_usage_plan(usagePlanId=plan["id"])
    client.update_usage_plan(
        usagePlanId=plan["id"], patchOperations=[{"op": "remove", "path": "/apiStages", "value": f"{api.id}:dev"}])
    client.delete_usage_plan_key(usagePlanId=plan["id"], keyId=key["id"])
    client.delete_usage_plan(usagePlanId=plan["id"])
    client.update_api_key(apiKey=key["id"], patchOperations=[{"op": "replace", "path": "/enabled", "value": "false"}])
    assert client.get_api_key(apiKey=key["id"], includeValue=True)["enabled"] is False
    client.delete_api_key(apiKey=key["id"])


def test_the_control_plane(endpoint, echo):
    api = Rest(endpoint, description="d", binaryMediaTypes=["image/png"], tags={"a": "1"})
    client, id = api.client, api.id
    place = api.method(["x"], "GET", proxy(echo), requestParameters={"method.request.querystring.q": False})
    client.update_method(**place, patchOperations=[
        {"op": "replace", "path": "/operationName", "value": "getX"},
        {"op": "replace", "path": "/requestParameters/method.request.querystring.q", "value": "true"}])
    method = client.get_method(**place)
    assert method["operationName"] == "getX"
    assert method["requestParameters"] == {"method.request.querystring.q": True}
    assert method["methodIntegration"]["type"] == "AWS_PROXY"
    client.update_integration(**place, patchOperations=[{"op": "replace", "path": "/timeoutInMillis", "value": "3000"}])
    assert client.get_integration(**place)["timeoutInMillis"] == 3000
    client.put_method_response(**place, statusCode="200", responseModels={"application/json": "Empty"})
    client.update_method_response(**place, statusCode="200", patchOperations=[
        {"op": "add", "path": "/responseParameters/method.response.header.X", "value": "true"}])
    assert client.get_method_response(**place, statusCode="200")["responseParameters"] == {"method.response.header.X": True}
    client.put_integration_response(**place, statusCode="200", selectionPattern="")
    client.update_integration_response(**place, statusCode="200", patchOperations=[
        {"op": "replace", "path": "/responseTemplates/application~1json", "value": "x"}])
    assert client.get_integration_response(**place, statusCode="200")["responseTemplates"] == {"application/json": "x"}
    client.delete_integration_response(**place, statusCode="200")
    client.delete_method_response(**place, statusCode="200")
    model = client.create_model(
        restApiId=id, name="Order", contentType="application/json", schema='{"type": "object", "properties": {"a": {"type": "string"}}}')
    client.update_model(restApiId=id, modelName="Order", patchOperations=[{"op": "replace", "path": "/description", "value": "o"}])
    assert client.get_model(restApiId=id, modelName="Order")["description"] == "o"
    assert "$inputRoot.a" in client.get_model_template(restApiId=id, modelName="Order")["value"]
    assert {one["name"] for one in client.get_models(restApiId=id)["items"]} == {"Empty", "Error", "Order"}
    validator = client.create_request_validator(restApiId=id, name="v", validateRequestBody=True)["id"]
    client.update_request_validator(restApiId=id, requestValidatorId=validator, patchOperations=[
        {"op": "replace", "path": "/validateRequestParameters", "value": "true"}])
    assert client.get_request_validator(restApiId=id, requestValidatorId=validator)["validateRequestParameters"] is True
    assert len(client.get_request_validators(restApiId=id)["items"]) == 1
    client.put_gateway_response(restApiId=id, responseType="DEFAULT_4XX", statusCode="400")
    assert client.get_gateway_response(restApiId=id, responseType="DEFAULT_4XX")["statusCode"] == "400"
    assert len(client.get_gateway_responses(restApiId=id)["items"]) > 15
    client.update_gateway_response(restApiId=id, responseType="DEFAULT_4XX", patchOperations=[
        {"op": "add", "path": "/responseParameters/gatewayresponse.header.X", "value": "'1'"}])
    client.delete_gateway_response(restApiId=id, responseType="DEFAULT_4XX")
    deployment = api.deploy("one")
    client.create_stage(restApiId=id, stageName="two", deploymentId=deployment, variables={"a": "b"})
    stage = client.update_stage(restApiId=id, stageName="two", patchOperations=[
        {"op": "replace", "path": "/variables/a", "value": "c"},
        {"op": "replace", "path": "/*/*/throttling/rateLimit", "value": "12.5"}])
    assert stage["variables"] == {"a": "c"}
    assert stage["methodSettings"]["*/*"]["throttlingRateLimit"] == 12.5
    assert {one["stageName"] for one in client.get_stages(restApiId=id)["item"]} == {"one", "two"}
    assert client.get_deployments(restApiId=id)["items"][0]["id"] == deployment
    client.update_deployment(restApiId=id, deploymentId=deployment, patchOperations=[
        {"op": "replace", "path": "/description", "value": "first"}])
    assert client.get_deployment(restApiId=id, deploymentId=deployment)["description"] == "first"
    with pytest.raises(client.exceptions.BadRequestException):
        client.delete_deployment(restApiId=id, deploymentId=deployment)
    client.flush_stage_authorizers_cache(restApiId=id, stageName="two")
    client.flush_stage_cache(restApiId=id, stageName="two")
    arn = f"arn:aws:apigateway:us-east-1::/restapis/{id}"
    client.tag_resource(resourceArn=arn, tags={"b": "2"})
    client.untag_resource(resourceArn=arn, tagKeys=["a"])
    assert client.get_tags(resourceArn=arn)["tags"] == {"b": "2"}
    client.update_rest_api(restApiId=id, patchOperations=[
        {"op": "replace", "path": "/name", "value": "renamed"},
        {"op": "add", "path": "/binaryMediaTypes/image~1gif", "value": ""}])
    found = client.get_rest_api(restApiId=id)
    assert found["id"] in [one["id"] for one in client.get_rest_apis(limit=500)["items"]]
    assert (found["name"], found["binaryMediaTypes"]) == ("renamed", ["image/png", "image/gif"])
    pages = [page["items"] for page in client.get_paginator("get_resources").paginate(restApiId=id, PaginationConfig={"PageSize": 1})]
    assert [one["path"] for page in pages for one in page] == ["/", "/x"]
    assert client.get_account()["throttleSettings"]["burstLimit"] == 5000
    client.update_account(patchOperations=[{"op": "replace", "path": "/cloudwatchRoleArn", "value": "arn:aws:iam::000000000000:role/r"}])
    resource = api.resource("x")
    client.update_resource(restApiId=id, resourceId=resource, patchOperations=[{"op": "replace", "path": "/pathPart", "value": "y"}])
    assert client.get_resource(restApiId=id, resourceId=resource)["path"] == "/y"
    client.delete_integration(**place)
    client.delete_method(**place)
    client.delete_resource(restApiId=id, resourceId=resource)
    for name in ("one", "two"):
        client.delete_stage(restApiId=id, stageName=name)
    client.delete_deployment(restApiId=id, deploymentId=deployment)
    client.delete_request_validator(restApiId=id, requestValidatorId=validator)
    client.delete_model(restApiId=id, modelName="Order")
    client.delete_rest_api(restApiId=id)
    with pytest.raises(client.exceptions.NotFoundException, match="Invalid API identifier specified 000000000000:"):
        client.get_rest_api(restApiId=id)


def test_wrong_input_is_told_by_name(endpoint, echo):
    api = Rest(endpoint)
    client = api.client
    for wrong, text in [
        (lambda: client.create_resource(restApiId=api.id, parentId=api.root, pathPart="a b"), "path part"),
        (lambda: client.create_resource(restApiId=api.id, parentId="none", pathPart="a"), "Invalid Resource"),
        (lambda: client.put_method(restApiId=api.id, resourceId=api.root, httpMethod="FETCH", authorizationType="NONE"), "FETCH"),
        (lambda: client.put_method(restApiId=api.id, resourceId=api.root, httpMethod="GET", authorizationType="CUSTOM"), "Authorizer"),
        (lambda: client.create_deployment(restApiId=api.id), "any methods"),
        (lambda: client.create_stage(restApiId=api.id, stageName="a", deploymentId="none"), "Deployment id does not exist"),
        (lambda: client.create_authorizer(restApiId=api.id, name="a", type="COGNITO_USER_POOLS"), "COGNITO_USER_POOLS"),
        (lambda: client.update_rest_api(restApiId=api.id, patchOperations=[{"op": "replace", "path": "/no", "value": "1"}]), "Invalid patch path"),
        (lambda: client.create_domain_name(domainName="a.example"), "fntop does not serve"),
    ]:
        with pytest.raises(ClientError, match=text):
            wrong()


def test_a_method_is_tried(endpoint, echo):
    api = Rest(endpoint)
    place = api.method(["hello", "{name}"], "GET", proxy(echo))
    answer = api.client.test_invoke_method(**place, pathWithQueryString="/hello/ann?a=1", headers={"X": "1"})
    assert answer["status"] == 200
    event = json.loads(answer["body"])
    assert (event["pathParameters"], event["queryStringParameters"]) == ({"name": "ann"}, {"a": "1"})
    assert "Method completed with status: 200" in answer["log"]


@pytest.mark.parametrize("version", ["swagger", "oas30"])
def test_import_and_export(endpoint, echo, version):
    integration = {"type": "aws_proxy", "httpMethod": "POST", "uri": INVOKE.format(FUNCTION + echo)}
    mock = {
        "type": "mock", "requestTemplates": {"application/json": '{"statusCode": 200}'},
        "responses": {"default": {"statusCode": "200", "responseTemplates": {"application/json": '{"mock": true}'}}}}
    key = {"api_key": {"type": "apiKey", "name": "x-api-key", "in": "header"}}
    parameter = {"name": "q", "in": "query", "required": True}
    parameter |= {"type": "string"} if version == "swagger" else {"schema": {"type": "string"}}
    document = {
        "info": {"title": "pets", "version": "1"},
        "x-amazon-apigateway-request-validators": {"all": {"validateRequestBody": True, "validateRequestParameters": True}},
        "paths": {
            "/pets/{id}": {"get": {"operationId": "getPet", "responses": {}, "x-amazon-apigateway-integration": integration}},
            "/checked": {"get": {
                "parameters": [parameter], "x-amazon-apigateway-request-validator": "all", "responses": {},
                "x-amazon-apigateway-integration": integration}},
            "/locked": {"get": {"security": [{"api_key": []}], "responses": {}, "x-amazon-apigateway-integration": integration}},
            "/mock": {"x-amazon-apigateway-any-method": {"responses": {"200": {"description": "ok"}}, "x-amazon-apigateway-integration": mock}},
        },
    }
    if version == "swagger":
        document |= {"swagger": "2.0", "securityDefinitions": key}
    else:
        document |= {"openapi": "3.0.1", "components": {"securitySchemes": key}}
    client = endpoint.client("apigateway")
    id = client.import_rest_api(body=json.dumps(document))["id"]
    client.create_deployment(restApiId=id, stageName="v1")
    assert call(endpoint, id, "GET", "/v1/pets/7")[1]["pathParameters"] == {"id": "7"}
    assert call(endpoint, id, "GET", "/v1/checked")[1] == {"message": "Missing required request parameters: [q]"}
    assert call(endpoint, id, "GET", "/v1/locked")[0].status == 403
    assert call(endpoint, id, "PUT", "/v1/mock")[1] == {"mock": True}
    exported = client.get_export(
        restApiId=id, stageName="v1", exportType=version, parameters={"extensions": "integrations"}, accepts="application/json")
    body = exported["body"].read()
    assert json.loads(body)["paths"]["/pets/{id}"]["get"]["x-amazon-apigateway-integration"]["type"] == "aws_proxy"
    again = client.import_rest_api(body=body)["id"]
    client.create_deployment(restApiId=again, stageName="v1")
    assert call(endpoint, again, "PUT", "/v1/mock")[1] == {"mock": True}
    client.put_rest_api(restApiId=id, mode="overwrite", body=json.dumps({
        **document, "paths": {"/only": document["paths"]["/mock"]}}))
    assert {one["path"] for one in client.get_resources(restApiId=id)["items"]} == {"/", "/only"}
    with pytest.raises(client.exceptions.BadRequestException):
        client.import_rest_api(body=b"openapi: 3.0.1")


def test_aws_cli(endpoint, echo):
    id = endpoint.aws("apigateway", "create-rest-api", "--name", "cli")["id"]
    root = endpoint.aws("apigateway", "get-resources", "--rest-api-id", id)["items"][0]["id"]
    place = ["--rest-api-id", id, "--resource-id", root, "--http-method", "ANY"]
    endpoint.aws("apigateway", "put-method", *place, "--authorization-type", "NONE")
    endpoint.aws("apigateway", "put-integration", *place, "--type", "AWS_PROXY", "--integration-http-method", "POST",
                 "--uri", INVOKE.format(FUNCTION + echo))
    endpoint.aws("apigateway", "create-deployment", "--rest-api-id", id, "--stage-name", "dev")
    assert call(endpoint, id, "POST", "/dev", "x")[1]["body"] == "x"
    assert endpoint.aws("apigateway", "get-rest-apis")["items"]
    endpoint.aws("apigateway", "delete-rest-api", "--rest-api-id", id)


def test_apis_outlive_the_program(tmp_path):
    arguments = ("--data", str(tmp_path), "--api-port", "0")
    first = Endpoint(*arguments)
    try:
        api = Rest(first)
        api.method([], "GET", {"type": "MOCK", "requestTemplates": {"application/json": '{"statusCode": 200}'}},
                   [("200", {"responseTemplates": {"application/json": '{"stage": "$context.stage"}'}})])
        api.deploy()
    finally:
        first.process.kill()
        first.process.wait()
    second = Endpoint(*arguments)
    try:
        line = second.process.stdout.readline()
        port = int(re.search(r":(\d+)", line).group(1))
        assert call(second, api.id, "GET", "/dev")[1] == {"stage": "dev"}
        assert call(second, None, "GET", "/", port=port)[1] == {"stage": "dev"}
    finally:
        second.stop()
