"""What the tests of API Gateway share: calls to an API, and REST APIs in few words."""

import http.client
import json

from conftest import unique

FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:"
INVOKE = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{}/invocations"


def call(endpoint, api, method, path, body=None, by_host=True, headers={}, port=None):
    """Calls an API by its host name or by the endpoint's path; gives the answer, and its body as JSON if it is."""
    connection = http.client.HTTPConnection("127.0.0.1", port or endpoint.port, timeout=30)
    host = {"Host": f"{api}.execute-api.localhost:{endpoint.port}"} if by_host and api else {}
    if isinstance(body, (dict, list)):
        body, headers = json.dumps(body), {"Content-Type": "application/json", **headers}
    connection.request(method, path if by_host else f"/_aws/execute-api/{api}{path}", body, {**host, **headers})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    try:
        return answer, json.loads(content) if content else None
    except ValueError:
        return answer, content


class Rest:
    """A REST API that methods are added to."""

    def __init__(self, endpoint, **members):
        self.client = endpoint.client("apigateway")
        api = self.client.create_rest_api(name=unique("rest"), **members)
        self.id, self.root = api["id"], api["rootResourceId"]

    def resource(self, *parts):
        """The resource at a path; made where it is not there."""
        parent = self.root
        for part in parts:
            known = self.client.get_resources(restApiId=self.id, limit=500)["items"]
            found = [one["id"] for one in known if one.get("parentId") == parent and one["pathPart"] == part]
            parent = found[0] if found else self.client.create_resource(
                restApiId=self.id, parentId=parent, pathPart=part)["id"]
        return parent

    def method(self, parts, name, integration, responses=(), **members):
        place = {"restApiId": self.id, "resourceId": self.resource(*parts), "httpMethod": name}
        self.client.put_method(**place, **{"authorizationType": "NONE", **members})
        self.client.put_integration(**place, **integration)
        for status, response in responses:
            declared = {name: False for name in response.get("responseParameters", {})}
            self.client.put_method_response(**place, statusCode=status, responseParameters=declared)
            self.client.put_integration_response(**place, statusCode=status, **response)
        return place

    def deploy(self, stage="dev", **members):
        return self.client.create_deployment(restApiId=self.id, stageName=stage, **members)["id"]


def proxy(function):
    return {"type": "AWS_PROXY", "integrationHttpMethod": "POST", "uri": INVOKE.format(FUNCTION + function)}
