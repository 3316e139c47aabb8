extension DemoSource {
    /// The module that the Python functions share: tables and workflows by plain HTTP, and structured log lines.
    static let shopModule = #"""
        """What the order functions share. Needs nothing but Python's own library."""

        import http.client
        import json
        import os
        import time
        import urllib.parse

        _endpoint = urllib.parse.urlsplit(os.environ["AWS_ENDPOINT_URL"])
        _connection = None


        class ServiceError(Exception):
            """A service refused a call; `code` is AWS's name for the reason."""

            def __init__(self, code, message):
                super().__init__(f"{code}: {message}")
                self.code = code


        def _send(path, body, headers):
            global _connection
            headers = {
                **headers,
                "X-Amzn-Trace-Id": os.environ.get("_X_AMZN_TRACE_ID", ""),
                "Authorization": "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/%s/aws4_request" % headers["service"],
            }
            headers.pop("service")
            for attempt in (1, 2):
                if _connection is None:
                    _connection = http.client.HTTPConnection(_endpoint.hostname, _endpoint.port, timeout=5)
                try:
                    _connection.request("POST", path, json.dumps(body), headers)
                    answer = _connection.getresponse()
                    return answer.status, answer.read()
                except (http.client.HTTPException, OSError):
                    _connection = None
                    if attempt == 2:
                        raise


        def _call(service, target, request):
            status, data = _send("/", request, {
                "service": service,
                "X-Amz-Target": target,
                "Content-Type": "application/x-amz-json-1.0",
            })
            answer = json.loads(data)
            if status != 200:
                raise ServiceError(answer.get("__type", "").rpartition("#")[2], answer.get("message", ""))
            return answer


        def table(operation, **request):
            """Calls DynamoDB: table("GetItem", TableName="orders", Key={…})."""
            return _call("dynamodb", "DynamoDB_20120810." + operation, request)


        def start_workflow(machine, name, event):
            """Starts an execution of a state machine and does not wait for it."""
            request = {"stateMachineArn": machine, "name": name, "input": json.dumps(event)}
            return _call("states", "AWSStepFunctions.StartExecution", request)


        def measure(name, value, unit="Count", **dimensions):
            """A metric of the shop, as a line that CloudWatch reads (embedded metric format)."""
            print(json.dumps({
                "_aws": {
                    "Timestamp": int(time.time() * 1000),
                    "CloudWatchMetrics": [{
                        "Namespace": "Shop",
                        "Dimensions": [list(dimensions)],
                        "Metrics": [{"Name": name, "Unit": unit}],
                    }],
                },
                name: value,
                **dimensions,
            }), flush=True)


        def log(level, message, **fields):
            """One line of JSON, as structured logging has it."""
            print(json.dumps({"level": level, "message": message, **fields}), flush=True)
        """#
}
