import AWSCore
import JSON
import Synchronization
import Telemetry
import Testing

@testable import Lambda

/// Who is told of the end of asynchronous invocations, with functions as real processes.
@Suite(.serialized) struct DestinationTests {
    /// Queues, topics and buses that remember what they were sent.
    private final class Inbox: ServiceCaller {
        private let sent = Mutex<[(operation: String, input: JSON)]>([])
        private let waiting = Mutex<CheckedContinuation<Void, Never>?>(nil)

        func call(
            _ service: String, _ operation: String, _ input: JSON, context: CallContext
        ) async throws(ServiceError) -> JSON {
            guard operation != "GetQueueUrl" else { return ["QueueUrl": "http://queue/q"] }
            sent.withLock { $0.append((operation, input)) }
            waiting.withLock { waiting in
                defer { waiting = nil }
                return waiting
            }?.resume()
            return ["FailedEntryCount": 0]
        }

        /// The first thing that was sent, once it was.
        func first() async -> (operation: String, input: JSON) {
            await withCheckedContinuation { continuation in
                waiting.withLock { $0 = continuation }
                guard sent.withLock({ !$0.isEmpty }) else { return }
                waiting.withLock { waiting in
                    defer { waiting = nil }
                    return waiting
                }?.resume()
            }
            return sent.withLock { $0.first } ?? ("", .null)
        }
    }

    private static let code = """
        def handler(event, context):
            print('GOT', event)
            if event.get('fail'):
                raise KeyError('no')
            return {'n': 1}
        """

    private func put(_ harness: Harness, _ config: JSON, _ name: String = "f") async throws {
        let answer = await harness.call("PUT", "/2019-09-25/functions/\(name)/event-invoke-config", config)
        #expect(answer.status == 200, "\(String(decoding: answer.body, as: UTF8.self))")
    }

    @Test func aFunctionIsToldOfASuccess() async throws {
        try await Harness.run { harness in
            try await harness.create(["app.py": Self.code])
            try await harness.create(["app.py": Self.code], name: "next")
            let next = "arn:aws:lambda:us-east-1:000000000000:function:next"
            try await put(harness, ["DestinationConfig": ["OnSuccess": ["Destination": .string(next)]]])
            let answer = await harness.invoke("f", ["a": 1], headers: ["X-Amz-Invocation-Type": "Event"])
            await harness.sink.waitForEnds(2)
            let start = try #require(
                harness.sink.events.compactMap { event -> InvocationStart? in
                    guard case .invocationStarted(let start) = event.kind, start.function == "next" else { return nil }
                    return start
                }.first)
            #expect(start.trigger == "destination of f" && start.isAsynchronous)
            let record = try JSON(parsing: start.event.bytes)
            #expect(
                record.object?.keys == [
                    "version", "timestamp", "requestContext", "requestPayload", "responseContext", "responsePayload",
                ])
            #expect(record["version"] == "1.0")
            #expect(
                record["requestContext"] == [
                    "requestId": .string(answer.headers["x-amzn-RequestId"] ?? ""),
                    "functionArn": "arn:aws:lambda:us-east-1:000000000000:function:f:$LATEST", "condition": "Success",
                    "approximateInvokeCount": 1,
                ])
            #expect(record["requestPayload"] == ["a": 1])
            #expect(record["responseContext"] == ["statusCode": 200, "executedVersion": "$LATEST"])
            #expect(record["responsePayload"] == ["n": 1])
        }
    }

    @Test func aQueueIsToldOfAFailureAfterItsRetries() async throws {
        let inbox = Inbox()
        try await Harness.run({ $0.retryDelays = [.milliseconds(1), .milliseconds(1)] }, caller: inbox) { harness in
            try await harness.create(["app.py": Self.code])
            try await put(
                harness,
                [
                    "MaximumRetryAttempts": 1,
                    "DestinationConfig": ["OnFailure": ["Destination": "arn:aws:sqs:us-east-1:000000000000:q"]],
                ])
            _ = await harness.invoke("f", ["fail": true], headers: ["X-Amz-Invocation-Type": "Event"])
            let (operation, input) = await inbox.first()
            #expect(operation == "SendMessage" && input["QueueUrl"] == "http://queue/q")
            let record = try JSON(parsing: input["MessageBody"]?.string ?? "")
            #expect(record["requestContext"]?["condition"] == "RetriesExhausted")
            #expect(record["requestContext"]?["approximateInvokeCount"] == 2)
            #expect(record["responseContext"]?["functionError"] == "Unhandled")
            #expect(record["responsePayload"]?["errorType"] == "KeyError")
            func values(_ name: String) -> [Double] {
                let whole = harness.sink.metrics(name).filter(\.dimensions.isEmpty)
                return whole.flatMap(\.values).map(\.value)
            }
            // Once received and once given up, but as old as it was at each of its two tries.
            #expect(values("AsyncEventsReceived") == [1] && values("AsyncEventsDropped") == [1])
            let ages = values("AsyncEventAge")
            #expect(ages.count == 2 && ages[0] < ages[1])
        }
    }

    @Test func aBusGetsAnEvent() async throws {
        let inbox = Inbox()
        try await Harness.run(caller: inbox) { harness in
            try await harness.create(["app.py": Self.code])
            let bus = "arn:aws:events:us-east-1:000000000000:event-bus/default"
            try await put(harness, ["DestinationConfig": ["OnSuccess": ["Destination": .string(bus)]]])
            _ = await harness.invoke("f", [:], headers: ["X-Amz-Invocation-Type": "Event"])
            let (operation, input) = await inbox.first()
            let entry = try #require(input["Entries"]?[0])
            #expect(operation == "PutEvents" && entry["Source"] == "lambda")
            #expect(entry["DetailType"] == "Lambda Function Invocation Result - Success")
            #expect(entry["Detail"]?.string?.contains("\"condition\":\"Success\"") == true)
        }
    }

    @Test func aDeadLetterQueueGetsTheEvent() async throws {
        let inbox = Inbox()
        try await Harness.run({ $0.retryDelays = [] }, caller: inbox) { harness in
            try await harness.create(
                ["app.py": Self.code],
                ["DeadLetterConfig": ["TargetArn": "arn:aws:sns:us-east-1:000000000000:dead"]])
            _ = await harness.invoke("f", ["fail": 1], headers: ["X-Amz-Invocation-Type": "Event"])
            let (operation, input) = await inbox.first()
            #expect(operation == "Publish" && input["Message"] == #"{"fail":1}"#)
            #expect(input["MessageAttributes"]?["ErrorCode"] == ["DataType": "Number", "StringValue": "200"])
            #expect(input["MessageAttributes"]?["ErrorMessage"]?["StringValue"] == "'no'")
        }
    }

    @Test func whereNothingMayRunTheDestinationIsToldAtOnce() async throws {
        let inbox = Inbox()
        try await Harness.run(caller: inbox) { harness in
            try await harness.create(["app.py": Self.code])
            _ = await harness.call(
                "PUT", "/2017-10-31/functions/f/concurrency", ["ReservedConcurrentExecutions": 0])
            try await put(
                harness, ["DestinationConfig": ["OnFailure": ["Destination": "arn:aws:sns:us-east-1:000000000000:t"]]])
            _ = await harness.invoke("f", [:], headers: ["X-Amz-Invocation-Type": "Event"])
            let record = try JSON(parsing: await inbox.first().input["Message"]?.string ?? "")
            #expect(record["requestContext"]?["condition"] == "ZeroReservedConcurrency")
            #expect(record["requestContext"]?["approximateInvokeCount"] == 0)
            #expect(record["responseContext"] == nil)
        }
    }

    @Test func aDestinationThatIsNotServedIsInTheLog() async throws {
        try await Harness.run { harness in
            try await harness.create(["app.py": Self.code])
            try await put(
                harness, ["DestinationConfig": ["OnSuccess": ["Destination": "arn:aws:sqs:us-east-1:000000000000:q"]]])
            _ = await harness.invoke("f", [:], headers: ["X-Amz-Invocation-Type": "Event"])
            await harness.sink.wait { event in
                guard case .log(let batch) = event.kind else { return false }
                return batch.stream.hasSuffix("[destinations]")
            }
            #expect(
                harness.sink.lines.contains { $0.contains("NotImplemented: fntop does not serve GetQueueUrl of sqs") })
        }
    }
}
