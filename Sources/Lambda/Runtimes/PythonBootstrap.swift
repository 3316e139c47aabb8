extension Bootstrap {
    /// Runs Python handlers: speaks the Runtime API over one raw socket, as importing an HTTP client would double the start.
    static let python = #"""
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


        def timestamp(seconds):
            whole = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))
            return "%s.%03dZ" % (whole, int(seconds * 1000) % 1000)


        def prepare_logging(logging):
            """Gives the root logger Lambda's format, as soon as somebody imports logging."""

            class Text(logging.Formatter):
                def format(self, entry):
                    message = "[%s]\t%s\t%s\t%s" % (
                        entry.levelname, timestamp(entry.created), request_id or "", entry.getMessage())
                    if entry.exc_info:
                        message += "\n" + self.formatException(entry.exc_info)
                    if entry.stack_info:
                        message += "\n" + self.formatStack(entry.stack_info)
                    return message

            class Document(logging.Formatter):
                plain = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime"}

                def format(self, entry):
                    document = {
                        "timestamp": timestamp(entry.created)[:-5] + "Z", "level": entry.levelname,
                        "message": entry.getMessage(), "logger": entry.name}
                    if request_id:
                        document["requestId"] = request_id
                    if entry.exc_info:
                        import traceback
                        kind, error, trace = entry.exc_info
                        document["errorType"] = kind.__name__
                        document["errorMessage"] = str(error)
                        document["stackTrace"] = traceback.format_tb(trace)
                        document["location"] = "%s:%s:%d" % (entry.pathname, entry.funcName, entry.lineno)
                    for name, value in entry.__dict__.items():
                        if name not in self.plain:
                            document[name] = value
                    return json.dumps(document, ensure_ascii=False, default=str)

            class Handler(logging.Handler):
                def emit(self, entry):
                    try:
                        data = self.format(entry).encode("utf-8", "backslashreplace")
                        flush()
                        record(data)
                    except Exception:
                        self.handleError(entry)

            handler = Handler()
            handler.setFormatter(Document() if JSON_LOGS else Text())
            logging.root.addHandler(handler)
            level = os.environ.get("AWS_LAMBDA_LOG_LEVEL")
            if level in ("DEBUG", "INFO", "WARN", "ERROR", "FATAL", "TRACE"):
                logging.root.setLevel({"TRACE": "DEBUG", "WARN": "WARNING", "FATAL": "CRITICAL"}.get(level, level))


        class LoggingWaiter:
            """A finder that sees the import of logging; importing it for everybody would cost milliseconds."""

            @staticmethod
            def find_spec(name, path=None, target=None):
                if name != "logging":
                    return None
                sys.meta_path.remove(LoggingWaiter)
                import importlib.util
                spec = importlib.util.find_spec(name)
                run = spec.loader.exec_module

                def exec_module(module):
                    run(module)
                    prepare_logging(module)

                spec.loader.exec_module = exec_module
                return spec


        class Fault(Exception):
            def __init__(self, kind, message, trace=()):
                self.kind = kind
                self.message = message
                self.trace = list(trace)


        def described(error):
            if isinstance(error, Fault):
                return {"errorMessage": error.message, "errorType": error.kind, "requestId": request_id or "",
                        "stackTrace": error.trace}
            import traceback
            frames = traceback.extract_tb(error.__traceback__)
            frames = [frame for frame in frames if frame.filename != __file__ and "<frozen importlib" not in frame.filename]
            return {"errorMessage": str(error), "errorType": type(error).__name__, "requestId": request_id or "",
                    "stackTrace": traceback.format_list(frames)}


        def log_error(error):
            flush()
            if JSON_LOGS:
                now = timestamp(time.time())[:-5] + "Z"
                document = {"timestamp": now, "log_level": "ERROR", **error}
                record(json.dumps(document, ensure_ascii=False).encode("utf-8", "backslashreplace"))
                return
            text = "[ERROR] %s: %s" % (error["errorType"], error["errorMessage"])
            if error["stackTrace"]:
                text += "\nTraceback (most recent call last):\n" + "".join(error["stackTrace"]).rstrip("\n")
            record(text.encode("utf-8", "backslashreplace"))


        def load(name):
            module_name, dot, attribute = name.rpartition(".")
            if not dot:
                raise Fault(
                    "Runtime.MalformedHandlerName",
                    "Bad handler '%s': not enough values to unpack (expected 2, got 1)" % name)
            try:
                module = __import__(module_name.replace("/", "."), fromlist=["*"])
            except ImportError as error:
                raise Fault("Runtime.ImportModuleError", "Unable to import module '%s': %s" % (module_name, error))
            except SyntaxError as error:
                trace = ['  File "%s" Line %s\n    %s\n' % (error.filename, error.lineno, (error.text or "").rstrip())]
                raise Fault(
                    "Runtime.UserCodeSyntaxError", "Syntax error in module '%s': %s" % (module_name, error), trace)
            try:
                return getattr(module, attribute)
            except AttributeError:
                raise Fault(
                    "Runtime.HandlerNotFound", "Handler '%s' missing on module '%s'" % (attribute, module_name))


        def fallback(value):
            import decimal
            if isinstance(value, decimal.Decimal):
                return int(value) if value == value.to_integral_value() and abs(value) < 1 << 53 else float(value)
            raise TypeError("Object of type %s is not JSON serializable" % type(value).__name__)


        def encoded(value):
            try:
                return json.dumps(value, ensure_ascii=False, default=fallback).encode("utf-8")
            except UnicodeEncodeError:
                return json.dumps(value, default=fallback).encode("ascii")
            except Exception as error:
                raise Fault("Runtime.MarshalError", "Unable to marshal response: %s" % error)


        def post_error(connection, path, error):
            headers = "Lambda-Runtime-Function-Error-Type: %s\r\nContent-Type: application/json\r\n" % error["errorType"]
            connection.call("POST", path, json.dumps(error).encode("utf-8"), headers)


        def main():
            global request_id
            connection = Connection(os.environ["AWS_LAMBDA_RUNTIME_API"])
            replace_streams()
            if "logging" in sys.modules:
                prepare_logging(sys.modules["logging"])
            else:
                sys.meta_path.insert(0, LoggingWaiter)
            sys.path[0:1] = [TASK_ROOT]
            try:
                handler = load(os.environ.get("_HANDLER", ""))
            except SystemExit as error:
                flush()
                os._exit(error.code if isinstance(error.code, int) else 1)
            except BaseException as error:
                problem = described(error)
                log_error(problem)
                post_error(connection, "init/error", problem)
                os._exit(1)
            while True:
                flush()
                status, headers, body = connection.call("GET", "invocation/next")
                if status != 200:
                    os._exit(1)
                request_id = headers["lambda-runtime-aws-request-id"]
                trace = headers.get("lambda-runtime-trace-id")
                if trace:
                    os.environ["_X_AMZN_TRACE_ID"] = trace
                try:
                    try:
                        event = json.loads(body)
                    except ValueError as error:
                        raise Fault("Runtime.UnmarshalError", "Unable to unmarshal input: %s" % error)
                    answer = encoded(handler(event, LambdaContext(headers)))
                except SystemExit as error:
                    flush()
                    os._exit(error.code if isinstance(error.code, int) else 1 if error.code else 0)
                except BaseException as error:
                    problem = described(error)
                    log_error(problem)
                    post_error(connection, "invocation/%s/error" % request_id, problem)
                else:
                    flush()
                    connection.call(
                        "POST", "invocation/%s/response" % request_id, answer, "Content-Type: application/json\r\n")


        main()

        """#
}
