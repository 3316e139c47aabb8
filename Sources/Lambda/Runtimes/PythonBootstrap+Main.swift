extension Bootstrap {
    /// Loads the handler and answers one invocation after another.
    static let pythonMain = #"""
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
            # As AWS's own runtime does, bytes are the answer as they are.
            if isinstance(value, bytes):
                return value
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
