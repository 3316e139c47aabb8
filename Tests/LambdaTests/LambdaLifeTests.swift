import AWSCore
import Foundation
import JSON
import Telemetry
import Testing

@testable import Lambda

/// Functions as real processes.
@Suite(.serialized) struct LambdaLifeTests {
    @Test func asynchronousInvocationsAreRetriedTwice() async throws {
        try await Harness.run({ $0.retryDelays = [.milliseconds(1), .milliseconds(1)] }) { harness in
            try await harness.create(["app.py": "def handler(e, c):\n    raise KeyError('no')\n"])
            let answer = await harness.invoke(headers: ["X-Amz-Invocation-Type": "Event"])
            #expect(answer.status == 202)
            await harness.sink.waitForEnds(3)
            let attempts = harness.sink.events.compactMap { event -> Int? in
                guard case .invocationStarted(let start) = event.kind, start.isAsynchronous else { return nil }
                return start.attempt
            }
            #expect(attempts == [1, 2, 3])
            #expect(Set(harness.sink.ends.map(\.requestID)).count == 1)
        }
    }

    @Test func newCodeIsServedAtOnce() async throws {
        try await Harness.run { harness in
            try await harness.create(["app.py": "def handler(e, c):\n    return 'old'\n"])
            #expect(await harness.invoke().body == Array("\"old\"".utf8))
            let package = ZipWriter.archive([("app.py", Array("def handler(e, c):\n    return 'new'\n".utf8))])
            let changed = await harness.call(
                "PUT", "/2015-03-31/functions/f/code", ["ZipFile": .string(Base64.encoded(package))])
            #expect(changed.status == 200)
            #expect(await harness.invoke().body == Array("\"new\"".utf8))
        }
    }

    @Test func anExtensionGetsItsEvents() async throws {
        let watcher = """
            #!/usr/bin/env python3
            import json, os, urllib.request
            api = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2020-01-01/extension/"
            def call(path, body=None, **headers):
                request = urllib.request.Request(api + path, body, headers)
                with urllib.request.urlopen(request) as answer:
                    return answer.headers, json.loads(answer.read())
            headers, body = call("register", b'{"events": ["INVOKE", "SHUTDOWN"]}', **{"Lambda-Extension-Name": "watcher"})
            me = headers["Lambda-Extension-Identifier"]
            print("registered", body["functionName"], flush=True)
            while True:
                _, event = call("event/next", **{"Lambda-Extension-Identifier": me})
                print("event", event["eventType"], event.get("shutdownReason"), flush=True)
                if event["eventType"] == "SHUTDOWN":
                    break
            """
        let harness = try Harness()
        try await harness.create(["app.py": "def handler(e, c):\n    return 1\n", "extensions/watcher": watcher])
        #expect(await harness.invoke().body == Array("1".utf8))
        await harness.sink.waitForEnds(1)
        await harness.service.shutdown()
        let lines = harness.sink.lines
        #expect(lines.contains("registered f"))
        #expect(lines.contains("event INVOKE None"))
        #expect(lines.contains("event SHUTDOWN spindown"))
        #expect(
            lines.contains { $0.hasPrefix("EXTENSION\tName: watcher\tState: Registered\tEvents: [INVOKE, SHUTDOWN]") })
    }

    @Test func aFloodOfOutputIsKeptWhole() async throws {
        try await Harness.run { harness in
            let code = """
                def handler(e, c):
                    for number in range(100_000):
                        print(f"{number:06d} " + "x" * 93)
                """
            try await harness.create(["app.py": code], ["Timeout": 60])
            _ = await harness.invoke()
            await harness.sink.waitForEnds(1)
            let numbers = harness.sink.lines.filter { $0.count == 100 }.compactMap { Int($0.prefix(6)) }
            #expect(numbers == Array(0..<100_000))
        }
    }

    @Test(arguments: [
        ("POST", "/2015-03-31/functions/none/invocations", 404, "ResourceNotFoundException"),
        ("GET", "/2015-03-31/functions/b@d", 400, "ValidationException"),
        ("DELETE", "/2015-03-31/functions/none", 404, "ResourceNotFoundException"),
        ("GET", "/2015-03-31/functions/none/policy", 404, "ResourceNotFoundException"),
        ("PATCH", "/2015-03-31/functions", 501, "NotImplemented"),
    ])
    func refusals(method: String, path: String, status: Int, code: String) async throws {
        try await Harness.run { harness in
            let answer = await harness.call(method, path)
            #expect(answer.status == status)
            #expect(answer.headers["x-amzn-ErrorType"] == code)
            #expect(answer.errorCode == code)
        }
    }

    @Test func whatIsNoJSONIsRefused() async throws {
        try await Harness.run { harness in
            try await harness.create(["app.py": "def handler(e, c):\n    pass\n"])
            let answer = await harness.service.respond(
                to: ServiceRequest(
                    method: "POST", path: "/2015-03-31/functions/f/invocations", body: Array("{broken".utf8)))
            #expect(answer.status == 400)
            let message = try JSON(parsing: answer.body)["message"]?.string
            #expect(message?.hasPrefix("Could not parse request body into json: ") == true)
        }
    }

    @Test func aRuntimeThatIsNotHereIsNamed() async throws {
        try await Harness.run { harness in
            try await harness.create(["app.rb": ""], runtime: "ruby3.3")
            let configuration = try JSON(
                parsing: await harness.call("GET", "/2015-03-31/functions/f/configuration").body)
            #expect(configuration["State"] == "Failed")
            let answer = await harness.invoke()
            #expect(answer.status == 409)
            #expect(String(decoding: answer.body, as: UTF8.self).contains("ruby3.3"))
        }
    }
}
