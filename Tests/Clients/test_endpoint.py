"""What the endpoint takes and refuses: pages of the web, floods, and what it does not serve."""

import errno
import http.client
import json
import socket

import pytest
from conftest import deploy, unique

HELLO = "def handler(event, context):\n    return 'hello'\n"


def request(endpoint, method, path, body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", endpoint.port, timeout=30)
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer, content


@pytest.mark.parametrize("headers", [
    {"Origin": "https://evil.example"}, {"Host": "evil.example"}, {"Host": "127.0.0.1.evil.example"},
    {"Sec_Fetch_Site": "cross-site"},
])
def test_a_web_page_cannot_create_or_invoke_a_function(endpoint, headers):
    name = deploy(endpoint, HELLO)
    for path in ("/2015-03-31/functions", f"/2015-03-31/functions/{name}/invocations", "/_fntop/events"):
        answer, content = request(endpoint, "POST", path, "{}", **headers)
        assert answer.status == 403
        assert json.loads(content)["__type"] == "AccessDeniedException"


@pytest.mark.parametrize("bytes", [b"\r\n\r\n", b"GET\r\n\r\n", b"\x00\xff" * 1000, b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
                                   b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 10_000])
def test_broken_http_disturbs_nobody(endpoint, bytes):
    with socket.create_connection(("127.0.0.1", endpoint.port), timeout=10) as connection:
        try:
            connection.sendall(bytes)
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(65536):
                pass
        except OSError as error:
            # Refused already; a timeout is no such answer.
            assert error.errno in (errno.ENOTCONN, errno.ECONNRESET, errno.EPIPE), error
    assert request(endpoint, "GET", "/_fntop/health")[0].status == 200


def test_a_body_of_100_mb_is_refused(endpoint):
    with socket.create_connection(("127.0.0.1", endpoint.port), timeout=10) as connection:
        head = f"POST /2015-03-31/functions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {100 << 20}\r\n\r\n"
        connection.sendall(head.encode())
        assert b" 413 " in connection.recv(4096).split(b"\r\n")[0]


def test_a_thousand_idle_connections_stop_nobody(endpoint):
    idle = [socket.create_connection(("127.0.0.1", endpoint.port), timeout=10) for _ in range(1000)]
    try:
        assert request(endpoint, "GET", "/_fntop/health")[0].status == 200
        assert "TableNames" in endpoint.client("dynamodb").list_tables()
    finally:
        for connection in idle:
            connection.close()


def test_what_is_not_served_is_named(endpoint):
    client = endpoint.client("dynamodb")
    with pytest.raises(client.exceptions.ClientError) as caught:
        client.list_backups()
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 501
    assert "ListBackups of dynamodb" in str(caught.value)
    client = endpoint.client("sqs")
    with pytest.raises(client.exceptions.ClientError) as caught:
        client.list_queues()
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 501
    assert "ListQueues of sqs" in str(caught.value)


def test_health_and_operations(endpoint):
    health = json.loads(request(endpoint, "GET", "/_fntop/health")[1])
    assert health["version"] and "lambda" in health["services"]
    operations = json.loads(request(endpoint, "GET", "/_fntop/operations")[1])
    assert "PutItem" in operations["dynamodb"]
    assert "Invoke" in operations["lambda"]
    assert "GetMetricData" in operations["monitoring"]


def test_a_form_cannot_take_all_memory(endpoint):
    form = "Action=ListMetrics&" + "&".join(f"a{number}.member.10000=" for number in range(5000))
    credential = "AWS4-HMAC-SHA256 Credential=k/20260101/us-east-1/monitoring/aws4_request, Signature=x"
    answer, _ = request(endpoint, "POST", "/", form, Authorization=credential,
                        Content_Type="application/x-www-form-urlencoded")
    assert answer.status == 200
