extension Bootstrap {
    /// Runs Node handlers, CommonJS and ES modules, with promises or callbacks.
    static let node = #"""
        import fs from "node:fs";
        import http from "node:http";
        import path from "node:path";
        import util from "node:util";
        import { createRequire } from "node:module";
        import { pathToFileURL } from "node:url";

        const env = process.env;
        const taskRoot = env.LAMBDA_TASK_ROOT ?? process.cwd();
        const jsonLogs = env.AWS_LAMBDA_LOG_FORMAT === "JSON";
        const records = Number(env._LAMBDA_TELEMETRY_LOG_FD ?? -1);
        delete env._LAMBDA_TELEMETRY_LOG_FD;
        const [host, port] = env.AWS_LAMBDA_RUNTIME_API.split(":");
        const agent = new http.Agent({ keepAlive: true, maxSockets: 1, noDelay: true });
        let current;

        function record(text) {
          if (records < 0) {
            process.stdout.write(text.replaceAll("\n", "\r") + "\n");
            return;
          }
          const body = Buffer.from(text, "utf8");
          const head = Buffer.alloc(16);
          head.writeUInt32BE(0xa55a0003, 0);
          head.writeUInt32BE(body.length, 4);
          head.writeBigUInt64BE(BigInt(Date.now()) * 1000n, 8);
          const data = Buffer.concat([head, body]);
          let place = 0;
          while (place < data.length) {
            try {
              place += fs.writeSync(records, data, place);
            } catch (error) {
              if (error.code !== "EAGAIN") return;
            }
          }
        }

        function log(level, values) {
          const timestamp = new Date().toISOString();
          if (!jsonLogs) {
            record(`${timestamp}\t${current?.id ?? "undefined"}\t${level}\t${util.format(...values)}`);
            return;
          }
          const entry = { timestamp, level, requestId: current?.id };
          const only = values.length === 1 ? values[0] : undefined;
          entry.message = typeof only === "object" && only !== null && !(only instanceof Error) ? only : util.format(...values);
          for (const value of values) {
            if (!(value instanceof Error)) continue;
            entry.errorType = value.name;
            entry.errorMessage = value.message;
            entry.stackTrace = value.stack?.split("\n");
          }
          try {
            record(JSON.stringify(entry));
          } catch {
            record(JSON.stringify({ ...entry, message: util.format(...values) }));
          }
        }

        const ranks = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];
        const least = jsonLogs ? Math.max(ranks.indexOf(env.AWS_LAMBDA_LOG_LEVEL ?? "INFO"), 0) : 0;
        for (const [method, level] of Object.entries(
          { log: "INFO", info: "INFO", debug: "DEBUG", warn: "WARN", error: "ERROR", trace: "TRACE", fatal: "FATAL" })) {
          console[method] = ranks.indexOf(level) < least ? () => {} : (...values) => log(level, values);
        }

        function call(method, place, body, headers = {}) {
          return new Promise((resolve, reject) => {
            const options = { host, port, agent, method, path: `/2018-06-01/runtime/${place}`, headers: { ...headers } };
            if (body !== undefined) options.headers["Content-Length"] = Buffer.byteLength(body);
            const request = http.request(options, (response) => {
              const parts = [];
              response.on("data", (part) => parts.push(part));
              response.on("end", () =>
                resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts).toString("utf8") }));
              response.on("error", reject);
            });
            request.on("error", reject);
            request.end(body);
          });
        }

        function described(error) {
          if (error instanceof Error || (error && typeof error === "object" && "stack" in error)) {
            return {
              errorType: String(error.name ?? "Error"),
              errorMessage: String(error.message ?? ""),
              trace: String(error.stack ?? "").split("\n"),
            };
          }
          return { errorType: typeof error, errorMessage: String(error), trace: [] };
        }

        function logError(title, error) {
          const { errorType, errorMessage, trace } = described(error);
          const extra = error && typeof error === "object" ? Object.fromEntries(Object.entries(error)) : {};
          if (jsonLogs) {
            const entry = { timestamp: new Date().toISOString(), level: "ERROR", requestId: current?.id };
            record(JSON.stringify({ ...entry, message: { errorType, errorMessage, stackTrace: trace } }));
            return;
          }
          let text;
          try {
            text = JSON.stringify({ errorType, errorMessage, ...extra, stack: trace });
          } catch {
            text = JSON.stringify({ errorType, errorMessage, stack: trace });
          }
          record(`${new Date().toISOString()}\t${current?.id ?? "undefined"}\tERROR\t${title} \t${text}`);
        }

        class RuntimeError extends Error {
          constructor(name, message, cause) {
            super(message, cause ? { cause } : undefined);
            this.name = name;
            if (cause?.stack) this.stack = `${name}: ${message}\n${cause.stack.split("\n").slice(1).join("\n")}`;
          }
        }

        async function postError(place, error) {
          const body = described(error);
          const type = body.errorType.replace(/[^\x20-\x7e]/g, "?");
          await call("POST", place, JSON.stringify(body), {
            "Content-Type": "application/json", "Lambda-Runtime-Function-Error-Type": type });
        }

        async function die(title, error, status) {
          logError(title, error);
          try {
            await postError(current ? `invocation/${current.id}/error` : "init/error", error);
          } finally {
            process.exit(status);
          }
        }

        process.on("uncaughtException", (error) => void die("Uncaught Exception", error, 129));
        process.on("unhandledRejection", (reason, promise) => {
          const error = new RuntimeError("Runtime.UnhandledPromiseRejection", String(reason));
          error.reason = reason;
          error.promise = promise;
          void die("Unhandled Promise Rejection", error, 128);
        });

        async function load(name) {
          const slash = name.lastIndexOf("/") + 1;
          const [stem, ...names] = name.slice(slash).split(".");
          if (!stem || names.length === 0) throw new RuntimeError("Runtime.MalformedHandlerName", "Bad handler");
          if (name.includes("..")) {
            throw new RuntimeError("Runtime.MalformedHandlerName", `'${name}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`);
          }
          const base = path.resolve(taskRoot, name.slice(0, slash), stem);
          let module;
          try {
            module = await loadModule(base);
          } catch (error) {
            if (error instanceof SyntaxError) throw new RuntimeError("Runtime.UserCodeSyntaxError", `SyntaxError: ${error.message}`, error);
            if (error?.code === "MODULE_NOT_FOUND" || error?.code === "ERR_MODULE_NOT_FOUND") {
              throw new RuntimeError("Runtime.ImportModuleError", `Error: ${error.message}`, error);
            }
            throw error;
          }
          let handler = module;
          for (const part of names) handler = handler?.[part] ?? (handler === module ? module.default?.[part] : undefined);
          if (handler === undefined) throw new RuntimeError("Runtime.HandlerNotFound", `${name} is undefined or not exported`);
          if (typeof handler !== "function") throw new RuntimeError("Runtime.HandlerNotFound", `${name} is not a function`);
          return handler;
        }

        async function loadModule(base) {
          const require = createRequire(path.join(taskRoot, "package.json"));
          for (const ending of ["", ".js"]) {
            const file = base + ending;
            if (!fs.existsSync(file) || !fs.statSync(file).isFile()) continue;
            return isModule(path.dirname(file)) ? await import(pathToFileURL(file)) : require(file);
          }
          if (fs.existsSync(base + ".mjs")) return await import(pathToFileURL(base + ".mjs"));
          if (fs.existsSync(base + ".cjs")) return require(base + ".cjs");
          const error = new Error(`Cannot find module '${path.basename(base)}'`);
          error.code = "MODULE_NOT_FOUND";
          throw error;
        }

        function isModule(directory) {
          for (let place = directory; place.startsWith(taskRoot); place = path.dirname(place)) {
            try {
              return JSON.parse(fs.readFileSync(path.join(place, "package.json"), "utf8")).type === "module";
            } catch {
              if (place === path.dirname(place)) break;
            }
          }
          return false;
        }

        function context(headers) {
          const deadline = Number(headers["lambda-runtime-deadline-ms"] ?? 0);
          const parsed = (name) => (headers[name] ? JSON.parse(headers[name]) : undefined);
          return {
            callbackWaitsForEmptyEventLoop: true,
            functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
            functionName: env.AWS_LAMBDA_FUNCTION_NAME,
            memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
            logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
            logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
            clientContext: parsed("lambda-runtime-client-context"),
            identity: parsed("lambda-runtime-cognito-identity"),
            invokedFunctionArn: headers["lambda-runtime-invoked-function-arn"],
            awsRequestId: headers["lambda-runtime-aws-request-id"],
            getRemainingTimeInMillis: () => Math.max(deadline - Date.now(), 0),
          };
        }

        /** Settles with what the handler answers, whichever way it does. */
        function run(handler, event, given) {
          return new Promise((resolve, reject) => {
            const emptied = () => reject(new RuntimeError("Runtime.NodeJsExit", "The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes"));
            const settle = (action) => {
              process.removeListener("beforeExit", emptied);
              action();
            };
            let unanswered = emptied;
            const callback = (error, result) => {
              process.removeListener("beforeExit", emptied);
              process.removeListener("beforeExit", unanswered);
              const finish = () => (error === undefined || error === null ? resolve(result) : reject(error));
              if (given.callbackWaitsForEmptyEventLoop && (error === undefined || error === null)) process.once("beforeExit", finish);
              else finish();
            };
            given.done = callback;
            given.succeed = (result) => callback(null, result);
            given.fail = (error) => callback(error ?? "handled");
            const answer = handler(event, given, callback);
            if (typeof answer?.then === "function") {
              process.once("beforeExit", emptied);
              answer.then((result) => settle(() => resolve(result)), (error) => settle(() => reject(error)));
            } else if (handler.length < 3) {
              unanswered = () => resolve(answer === undefined ? null : answer);
              process.once("beforeExit", unanswered);
            } else {
              unanswered = () => resolve(null);
              process.once("beforeExit", unanswered);
            }
          }).finally(() => process.removeAllListeners("beforeExit"));
        }

        function encoded(value) {
          try {
            return JSON.stringify(value === undefined ? null : value) ?? "null";
          } catch {
            throw new RuntimeError("Runtime.MarshalError", "Unable to stringify response body");
          }
        }

        async function invoke(handler, headers, body) {
          current = { id: headers["lambda-runtime-aws-request-id"] };
          if (headers["lambda-runtime-trace-id"]) env._X_AMZN_TRACE_ID = headers["lambda-runtime-trace-id"];
          let answer;
          try {
            answer = encoded(await run(handler, JSON.parse(body), context(headers)));
          } catch (error) {
            logError("Invoke Error", error);
            await postError(`invocation/${current.id}/error`, error);
            return;
          }
          await call("POST", `invocation/${current.id}/response`, answer, { "Content-Type": "application/json" });
        }

        let handler;
        try {
          handler = await load(env._HANDLER ?? "");
        } catch (error) {
          await die("Uncaught Exception", error, 1);
        }
        for (;;) {
          const { status, headers, body } = await call("GET", "invocation/next");
          if (status !== 200) process.exit(1);
          await invoke(handler, headers, body);
        }

        """#
}
