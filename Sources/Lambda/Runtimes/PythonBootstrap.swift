extension Bootstrap {
    /// Runs Python handlers: speaks the Runtime API over one raw socket, as importing an HTTP client would double the start.
    static let python = pythonBegin + pythonLogging + pythonMain

    private static let pythonBegin = #"""
        import os
        import sys
        import time
        import json
        import _socket

        TASK_ROOT = os.environ.get("LAMBDA_TASK_ROOT", os.getcwd())
        JSON_LOGS = os.environ.get("AWS_LAMBDA_LOG_FORMAT") == "JSON"
        RECORDS = int(os.environ.pop("_LAMBDA_TELEMETRY_LOG_FD", "-1"))
        request_id = None


        def record(data):
            """One log event, however many lines it has."""
            if RECORDS < 0:
                os.write(2, data.replace(b"\n", b"\r") + b"\n")
                return
            write_all(
                b"\xa5\x5a\x00\x03" + len(data).to_bytes(4, "big") + (time.time_ns() // 1000).to_bytes(8, "big") + data)


        def write_all(data):
            view = memoryview(data)
            while view:
                view = view[os.write(RECORDS, view):]


        def replace_streams():
            """Standard output goes the way of log events, so that their order is kept."""
            import io

            class Lines(io.RawIOBase):
                pending = b""

                def __init__(self, number):
                    self.number = number

                def writable(self):
                    return True

                def fileno(self):
                    return self.number

                def write(self, data):
                    data = bytes(data)
                    whole, newline, rest = (self.pending + data).rpartition(b"\n")
                    self.pending = rest
                    if newline:
                        now = (time.time_ns() // 1000).to_bytes(8, "big")
                        write_all(b"".join(
                            b"\xa5\x5a\x00\x03" + len(line).to_bytes(4, "big") + now + line
                            for line in whole.split(b"\n")))
                    if len(self.pending) > 262144:
                        self.drain()
                    return len(data)

                def drain(self):
                    if self.pending:
                        pending, self.pending = self.pending, b""
                        record(pending)

            def stream(number):
                raw = Lines(number)
                text = io.TextIOWrapper(
                    io.BufferedWriter(raw, 8192), encoding="utf-8", errors="backslashreplace", newline="\n",
                    line_buffering=True)
                text.lines = raw
                return text

            if RECORDS >= 0:
                sys.stdout = stream(1)
                sys.stderr = stream(2)


        def flush():
            for stream in (sys.stdout, sys.stderr):
                try:
                    stream.flush()
                    stream.lines.drain()
                except Exception:
                    pass


        class Connection:
            def __init__(self, address):
                host, _, port = address.rpartition(":")
                self.host = address
                self.socket = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
                self.socket.connect((host, int(port)))
                self.socket.setsockopt(_socket.IPPROTO_TCP, _socket.TCP_NODELAY, 1)

            def call(self, method, path, body=None, headers=""):
                head = "%s /2018-06-01/runtime/%s HTTP/1.1\r\nHost: %s\r\n%s" % (method, path, self.host, headers)
                if body is not None:
                    head += "Content-Length: %d\r\n" % len(body)
                data = head.encode("latin-1", "replace") + b"\r\n"
                self.socket.sendall(data + body if body else data)
                return self.answer()

            def answer(self):
                data = self.socket.recv(65536)
                end = data.find(b"\r\n\r\n")
                while end < 0:
                    more = self.socket.recv(65536)
                    if not more:
                        os._exit(0)
                    data += more
                    end = data.find(b"\r\n\r\n")
                lines = data[:end].decode("latin-1").split("\r\n")
                headers = {}
                for line in lines[1:]:
                    name, _, value = line.partition(":")
                    headers[name.lower()] = value.strip()
                size = int(headers.get("content-length", "0"))
                body = data[end + 4:]
                if len(body) < size:
                    parts = [body]
                    have = len(body)
                    while have < size:
                        more = self.socket.recv(min(1 << 20, size - have))
                        if not more:
                            os._exit(0)
                        parts.append(more)
                        have += len(more)
                    body = b"".join(parts)
                return int(lines[0].split(" ", 2)[1]), headers, body


        class CognitoIdentity:
            __slots__ = ("cognito_identity_id", "cognito_identity_pool_id")

            def __init__(self, values):
                self.cognito_identity_id = values.get("cognitoIdentityId")
                self.cognito_identity_pool_id = values.get("cognitoIdentityPoolId")


        class Client:
            def __init__(self, values):
                for name in ("installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name"):
                    setattr(self, name, values.get(name))


        class ClientContext:
            def __init__(self, values):
                self.client = Client(values.get("client") or {}) if "client" in values else None
                self.custom = values.get("custom")
                self.env = values.get("env")


        class LambdaContext:
            def __init__(self, headers):
                self.aws_request_id = headers["lambda-runtime-aws-request-id"]
                self.invoked_function_arn = headers.get("lambda-runtime-invoked-function-arn")
                self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
                self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
                self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
                self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
                self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
                client = headers.get("lambda-runtime-client-context")
                self.client_context = ClientContext(json.loads(client)) if client else None
                identity = headers.get("lambda-runtime-cognito-identity")
                self.identity = CognitoIdentity(json.loads(identity) if identity else {})
                self.tenant_id = headers.get("lambda-runtime-aws-tenant-id")
                self._deadline = int(headers.get("lambda-runtime-deadline-ms", "0"))

            def get_remaining_time_in_millis(self):
                return max(self._deadline - int(time.time() * 1000), 0)

            def log(self, message):
                sys.stdout.write(str(message))

            def __repr__(self):
                return "LambdaContext([aws_request_id=%s,log_group_name=%s,log_stream_name=%s,function_name=%s,memory_limit_in_mb=%s,function_version=%s,invoked_function_arn=%s,client_context=%s,identity=%s])" % (
                    self.aws_request_id, self.log_group_name, self.log_stream_name, self.function_name,
                    self.memory_limit_in_mb, self.function_version, self.invoked_function_arn, self.client_context,
                    self.identity)


        """#
}
