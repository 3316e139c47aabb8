extension Bootstrap {
    /// Lambda's format of log lines, for Python's logging module.
    static let pythonLogging = #"""
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


        """#
}
