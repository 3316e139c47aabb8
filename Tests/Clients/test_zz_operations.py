"""Every operation that is served is called by a client in these tests. Runs last: it looks at what the others called."""

import json
import os
import subprocess

import botocore.session
import pytest
from conftest import CALLED, PROGRAM

# The names that botocore has for the services, by the names in signatures.
SERVICES = {
    "apigateway": ["apigateway", "apigatewayv2"], "dynamodb": ["dynamodb", "dynamodbstreams"],
    "lambda": ["lambda"], "logs": ["logs"], "monitoring": ["cloudwatch"], "states": ["stepfunctions"], "xray": ["xray"],
}


def served(endpoint):
    answer = endpoint.fntop("doctor", "--operations", "--json")
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


def test_the_list_is_the_same_with_and_without_an_endpoint(endpoint):
    environment = {**os.environ, "AWS_ENDPOINT_URL": "http://127.0.0.1:1"}
    alone = subprocess.run(
        [PROGRAM, "doctor", "--operations", "--json"], capture_output=True, env=environment, timeout=60)
    assert json.loads(alone.stdout) == served(endpoint)
    text = endpoint.fntop("doctor", "--operations").stdout.decode()
    assert all(f"  {name}\n" in text + "\n" for names in served(endpoint).values() for name in names)


def test_every_operation_served_is_one_of_aws(endpoint):
    session = botocore.session.get_session()
    for service, names in served(endpoint).items():
        known = {name for model in SERVICES[service] for name in session.get_service_model(model).operation_names}
        assert set(names) <= known, service


def test_every_operation_served_is_called_by_a_test(endpoint, request):
    ran = {item.path.name for item in request.session.items}
    if len(ran) < len(list(request.path.parent.glob("test_*.py"))):
        pytest.skip("only some of the tests run")
    missing = {
        f"{service} {name}" for service, names in served(endpoint).items() for name in names
        if not any((model, name) in CALLED for model in SERVICES[service])
    }
    assert not missing
