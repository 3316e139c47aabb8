"""HTTP APIs through boto3, called as a browser or a program would."""

import http.client
import json

import pytest
from conftest import deploy, unique

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


def call(endpoint, api, method, path, body=None, by_host=True, headers={}):
    connection = http.client.HTTPConnection("127.0.0.1", endpoint.port, timeout=30)
    host = {"Host": f"{api}.execute-api.localhost:{endpoint.port}"} if by_host else {}
    connection.request(method, path if by_host else f"/_aws/execute-api/{api}{path}", body, {**host, **headers})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer, json.loads(content) if content else None


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
    with pytest.raises(client.exceptions.BadRequestException):
        client.create_api(Name="web", ProtocolType="HTTP", Target="https://a.example")
