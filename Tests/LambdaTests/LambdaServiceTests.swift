import AWSCore
import Foundation
import JSON
import Telemetry
import Testing

@testable import Lambda

/// Functions as real processes.
@Suite(.serialized) struct LambdaServiceTests {
    @Test func aPythonFunctionAnswers() async throws {
        try await Harness.run { harness in
            try await harness.create([
                "app.py": "def handler(event, context):\n    print('hello')\n    return event['n'] * 2\n"
            ])
            for number in 1...3 {
                let answer = await harness.invoke("f", ["n": .int(number)])
                #expect(answer.status == 200)
                #expect(String(decoding: answer.body, as: UTF8.self) == "\(number * 2)")
                #expect(answer.headers["X-Amz-Executed-Version"] == "$LATEST")
                #expect(answer.headers["X-Amz-Function-Error"] == nil)
            }
            await harness.sink.waitForEnds(3)
            let lines = harness.sink.lines
            #expect(
                lines.map { $0.prefix { $0 != " " } } == [
                    "INIT_START", "START", "hello", "END", "REPORT", "START", "hello", "END", "REPORT", "START",
                    "hello",
                    "END", "REPORT",
                ])
            #expect(lines[4].contains("\tInit Duration: "))
            #expect(!lines[8].contains("\tInit Duration: "))
            #expect(harness.sink.ends.allSatisfy { $0.status == .success && $0.maxMemoryUsedMiB > 1 })
        }
    }

    struct Failure {
        var code: String
        var status: InvocationEnd.Status
        var type: String
        var message: String
        /// What a line of the log begins with.
        var line: String?
    }

    @Test(arguments: [
        Failure(
            code: "def handler(e, c):\n    raise ValueError('boom')\n", status: .error, type: "ValueError",
            message: "boom",
            line: "[ERROR] ValueError: boom\nTraceback (most recent call last):\n  File"),
        Failure(
            code: "import nothing_here\n", status: .crash, type: "Runtime.ImportModuleError",
            message: "Unable to import module 'app': No module named 'nothing_here'",
            line: "[ERROR] Runtime.ImportModuleError: Unable to import module"),
        Failure(
            code: "x = 1\n", status: .crash, type: "Runtime.HandlerNotFound",
            message: "Handler 'handler' missing on module 'app'"),
        Failure(
            code: "def handler(e, c)\n    pass\n", status: .crash, type: "Runtime.UserCodeSyntaxError",
            message: "Syntax error in module 'app': expected ':' (app.py, line 1)"),
        Failure(
            code: "def handler(e, c):\n    return {1}\n", status: .error, type: "Runtime.MarshalError",
            message: "Unable to marshal response: Object of type set is not JSON serializable"),
        Failure(
            code: "import os\ndef handler(e, c):\n    os._exit(3)\n", status: .crash, type: "Runtime.ExitError",
            message: "RequestId: ID Error: Runtime exited with error: exit status 3",
            line: "RequestId: ID Error: Runtime exited with error: exit status 3\nRuntime.ExitError"),
        Failure(
            code: "import os\ndef handler(e, c):\n    os.kill(os.getpid(), 11)\n", status: .crash,
            type: "Runtime.ExitError",
            message: "RequestId: ID Error: Runtime exited with error: signal: segmentation fault"),
        Failure(
            code: "import time\ndef handler(e, c):\n    time.sleep(60)\n", status: .timeout, type: "Sandbox.Timedout",
            message: "RequestId: ID Error: Task timed out after 1.00 seconds"),
        Failure(
            code: "import time\ndef handler(e, c):\n    x = b'x' * (300 << 20)\n    time.sleep(60)\n",
            status: .outOfMemory,
            type: "Runtime.OutOfMemory", message: "RequestId: ID Error: Runtime exited with error: signal: killed"),
        Failure(
            code: "def handler(e, c):\n    return 'x' * 7000000\n", status: .error,
            type: "Function.ResponseSizeTooLarge",
            message:
                "Response payload size (7000002 bytes) exceeded maximum allowed payload size (6291556 bytes)."),
    ])
    func failuresAreAWSs(_ failure: Failure) async throws {
        try await Harness.run { harness in
            try await harness.create(["app.py": failure.code], ["Timeout": 1])
            let answer = await harness.invoke()
            let id = answer.headers["x-amzn-RequestId"] ?? ""
            let body = try JSON(parsing: answer.body)
            #expect(answer.status == 200)
            #expect(answer.headers["X-Amz-Function-Error"] == "Unhandled")
            #expect(body["errorType"]?.string == failure.type)
            #expect(
                body["errorMessage"]?.string
                    == failure.message.replacingOccurrences(
                        of: "ID", with: id, options: [],
                        range: failure.message.range(of: "RequestId: ID").map {
                            failure.message.index($0.upperBound, offsetBy: -2)..<$0.upperBound
                        }))
            await harness.sink.waitForEnds(1)
            let end = try #require(harness.sink.ends.first)
            #expect(end.status == failure.status)
            #expect(end.errorType == failure.type)
            #expect(end.requestID.description == id)
            if let line = failure.line?.replacingOccurrences(of: "RequestId: ID", with: "RequestId: \(id)") {
                #expect(harness.sink.lines.contains { $0.hasPrefix(line) }, "\(harness.sink.lines)")
            }
            if failure.status == .timeout {
                #expect(end.duration == .seconds(1))
                #expect(harness.sink.lines.contains { $0.hasSuffix("Z \(id) Task timed out after 1.00 seconds") })
                #expect(
                    harness.sink.lines.contains {
                        $0.contains("Duration: 1000.00 ms\t") && $0.contains("Status: timeout")
                    })
            }
            // The next invocation gets a fresh environment, and no process is left over.
            _ = await harness.invoke()
        }
    }

    @Test func theTailComesWithTheAnswer() async throws {
        try await Harness.run { harness in
            try await harness.create(["app.py": "def handler(e, c):\n    print('x' * 9000)\n    print('the end')\n"])
            let answer = await harness.invoke(headers: ["X-Amz-Log-Type": "Tail"])
            let tail = try #require(answer.headers["X-Amz-Log-Result"].flatMap { Base64.decoded($0) })
            let text = String(decoding: tail, as: UTF8.self)
            #expect(tail.count <= 4096)
            #expect(text.contains("the end\nEND RequestId") && text.contains("REPORT RequestId"))
        }
    }

    @Test func aShellScriptSpeaksTheRuntimeAPI() async throws {
        let script = """
            #!/bin/sh
            api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
            while true; do
                event=$(curl -s -D headers "$api/invocation/next")
                id=$(sed -n 's/^[Ll]ambda-[Rr]untime-[Aa]ws-[Rr]equest-[Ii]d: *\\([^[:space:]]*\\).*/\\1/p' headers)
                echo "shell got $event"
                curl -s -o /dev/null --data "{\\"echo\\": $event}" "$api/invocation/$id/response"
            done
            """
        try await Harness.run { harness in
            try await harness.create(["bootstrap": script], runtime: "provided.al2023", handler: "any")
            let answer = await harness.invoke("f", ["n": 1])
            #expect(String(decoding: answer.body, as: UTF8.self) == "{\"echo\": {\"n\":1}}")
            await harness.sink.waitForEnds(1)
            #expect(harness.sink.lines.contains("shell got {\"n\":1}"))
        }
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/node"))) func aNodeFunctionAnswers()
        async throws
    {
        let code = """
            export const handler = async (event) => {
              console.log("got\\n%d", event.n);
              if (event.fail) throw new TypeError("bad event");
              if (event.lost) { Promise.reject(new Error("nobody waits")); await new Promise((r) => setTimeout(r, 500)); }
              if (event.never) return new Promise(() => {});
              return { twice: event.n * 2 };
            };
            """
        try await Harness.run { harness in
            try await harness.create(
                [
                    "index.mjs": code,
                    "old.js": "exports.handler = (e, c, done) => setTimeout(() => done(null, e.n), 5);",
                ],
                runtime: "nodejs20.x", handler: "index.handler", ["MemorySize": 512])
            #expect(String(decoding: await harness.invoke("f", ["n": 4]).body, as: UTF8.self) == "{\"twice\":8}")
            let failed = try JSON(parsing: await harness.invoke("f", ["fail": true]).body)
            #expect(failed["errorType"] == "TypeError" && failed["trace"]?[0] == "TypeError: bad event")
            let lost = try JSON(parsing: await harness.invoke("f", ["lost": true]).body)
            #expect(lost["errorType"] == "Runtime.UnhandledPromiseRejection")
            let never = try JSON(parsing: await harness.invoke("f", ["never": true]).body)
            #expect(never["errorType"] == "Runtime.NodeJsExit")
            #expect(harness.sink.lines.contains { $0.hasSuffix("\tINFO\tgot\n4") }, "\(harness.sink.lines)")
            _ = await harness.call("PUT", "/2015-03-31/functions/f/configuration", ["Handler": "old.handler"])
            #expect(String(decoding: await harness.invoke("f", ["n": 5]).body, as: UTF8.self) == "5")
        }
    }

    @Test func reservedConcurrencyThrottles() async throws {
        try await Harness.run { harness in
            let code = "import time\ndef handler(e, c):\n    time.sleep(0.1)\n    return c.log_stream_name\n"
            try await harness.create(["app.py": code])
            let put = await harness.call(
                "PUT", "/2017-10-31/functions/f/concurrency", ["ReservedConcurrentExecutions": 3])
            #expect(put.status == 200)
            let answers = await withTaskGroup(of: ServiceResponse.self) { group in
                for _ in 1...30 { group.addTask { await harness.invoke() } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            let refused = answers.filter { $0.status == 429 }
            #expect(refused.count == 27)
            let body = try JSON(parsing: try #require(refused.first).body)
            #expect(body["Reason"] == "ReservedFunctionConcurrentInvocationLimitExceeded")
            #expect(Set(answers.filter { $0.status == 200 }.map(\.body)).count <= 3)
            await harness.sink.waitForEnds(30)
            #expect(harness.sink.ends.filter { $0.status == .throttled }.count == 27)
        }
    }
}
