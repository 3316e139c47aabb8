import AWSCore
import JSON
import Telemetry
import Testing

@testable import Lambda

struct StreamPollerTests {
    @Test func aFunctionGetsRecordsAsAWSGivesThem() async throws {
        let world = SourceWorld()
        let sequence = world.stream.put("a", at: world.clock.now(), event: "MODIFY")
        try await world.map()
        await world.run { world.position == sequence }
        let wanted: JSON = [
            "Records": [
                [
                    "eventID": .string("id-\(sequence)"), "eventName": "MODIFY", "eventVersion": "1.1",
                    "eventSource": "aws:dynamodb", "awsRegion": "us-east-1",
                    "dynamodb": [
                        "ApproximateCreationDateTime": 1_700_000_000, "Keys": ["id": ["S": "a"]],
                        "NewImage": ["id": ["S": "a"]], "SequenceNumber": .string(sequence), "SizeBytes": 10,
                        "StreamViewType": "NEW_IMAGE",
                    ],
                    "eventSourceARN": .string(FakeStream.arn),
                ]
            ]
        ]
        #expect(world.function.events == [wanted])
        #expect(world.function.triggers == ["orders stream"])
        #expect(world.result == "OK")
        #expect(world.stream.unmarked == 0)
        await world.end()
        #expect(world.steps.map(\.step) == [.changed, .changed, .delivered])
        #expect(world.steps.map(\.state) == ["Creating", "Enabled", "Enabled"])
        let delivered = try #require(world.steps.last)
        #expect(delivered.records == 1 && delivered.first == sequence && delivered.last == sequence)
        #expect(delivered.function == "f" && delivered.invocation != nil)
    }

    @Test func batchesHaveTheirSizeAndComeInOrder() async throws {
        let world = SourceWorld()
        let all = (0..<25).map { world.stream.put("\($0)", at: world.clock.now()) }
        try await world.map(["BatchSize": 10])
        await world.run { world.position == all.last }
        #expect(world.function.batches == [Array(all[0..<10]), Array(all[10..<20]), Array(all[20...])])
        await world.end()
    }

    @Test func oneThatFailsIsHalvedOutTriedAgainAndTold() async throws {
        let world = SourceWorld(function: FakeFunction { records, _ in records.contains("102") ? "!" : "null" })
        let all = (0..<4).map { world.stream.put("\($0)", at: world.clock.now()) }
        try await world.map([
            "BisectBatchOnFunctionError": true, "MaximumRetryAttempts": 2,
            "DestinationConfig": ["OnFailure": ["Destination": .string(FakeStream.queue)]],
        ])
        await world.run { world.position == all.last }
        #expect(
            world.function.batches == [
                all, ["100", "101"], ["102", "103"], ["102"], ["102"], ["102"], ["103"],
            ])
        await world.end()
        #expect(
            world.steps.dropFirst(2).map(\.step) == [
                .failed, .bisected, .delivered, .failed, .bisected, .failed, .retried, .failed, .retried, .failed,
                .discarded, .sentToDestination, .delivered,
            ])
        let message = try #require(world.stream.messages.first)
        #expect(message["QueueUrl"] == "http://queue/lost")
        let record = try JSON(parsing: message["MessageBody"]?.string ?? "")
        #expect(
            record.object?.keys == [
                "requestContext", "responseContext", "version", "timestamp", "DDBStreamBatchInfo",
            ])
        #expect(record["requestContext"]?["condition"] == "RetryAttemptsExhausted")
        #expect(record["requestContext"]?["functionArn"] == "arn:aws:lambda:us-east-1:000000000000:function:f")
        // Whole, in the half, alone, and two retries.
        #expect(record["requestContext"]?["approximateInvokeCount"] == 5)
        #expect(
            record["responseContext"]
                == ["statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"])
        #expect(record["version"] == "1.0")
        #expect(
            record["DDBStreamBatchInfo"] == [
                "shardId": "shard-1", "startSequenceNumber": "102", "endSequenceNumber": "102",
                "approximateArrivalOfFirstRecord": "2023-11-14T22:13:20Z",
                "approximateArrivalOfLastRecord": "2023-11-14T22:13:20Z", "batchSize": 1,
                "streamArn": .string(FakeStream.arn),
            ])
    }

    @Test func aDestinationThatIsNotThereIsSeen() async throws {
        let world = SourceWorld(stream: FakeStream(hasQueues: false), function: FakeFunction { _, _ in "!" })
        let last = world.stream.put("a", at: world.clock.now())
        try await world.map([
            "MaximumRetryAttempts": 0,
            "DestinationConfig": ["OnFailure": ["Destination": .string(FakeStream.queue)]],
        ])
        await world.run { world.position == last }
        await world.end()
        let told = try #require(world.steps.last)
        #expect(told.step == .destinationFailed)
        #expect(told.detail.contains("NotImplemented: fntop does not serve GetQueueUrl of sqs"))
        #expect(world.sink.lines.contains { $0.hasPrefix("[ERROR] Nothing could be sent to \(FakeStream.queue)") })
        let names = [[], ["FunctionName"], ["FunctionName", "Resource"]]
        #expect(world.metrics("DestinationDeliveryFailures").map { $0.dimensions.map(\.name) } == names)
    }

    @Test func whatBecameOfRecordsIsMeasured() async throws {
        let world = SourceWorld(function: FakeFunction { records, _ in records.contains("102") ? "!" : "null" })
        for key in 0..<4 { _ = world.stream.put("\(key)", at: world.clock.now() - .seconds(5)) }
        try await world.map([
            "BisectBatchOnFunctionError": true, "MaximumRetryAttempts": 0,
            "MetricsConfig": ["Metrics": ["EventCount"]],
        ])
        await world.run { world.position == "103" }
        await world.end()
        func sum(_ name: String) -> Double { world.metrics(name).flatMap(\.values).reduce(0) { $0 + $1.value } }
        #expect(sum("PolledEventCount") == 4 && sum("FilteredOutEventCount") == 0)
        // All four, the halves, and of the second half each one.
        #expect(sum("InvokedEventCount") == 10 && sum("FailedInvokeEventCount") == 4 + 2 + 1)
        #expect(sum("DroppedEventCount") == 1 && sum("OnFailureDestinationDeliveredEventCount") == 0)
        let dimension = CustomMetric.Dimension(name: "EventSourceMappingUUID", value: world.id)
        #expect(world.metrics("PolledEventCount").allSatisfy { $0.dimensions == [dimension] })
        let ages = world.metrics("IteratorAge").filter { $0.dimensions == [.init(name: "FunctionName", value: "f")] }
        #expect(ages.count == world.function.batches.count)
        #expect(ages.allSatisfy { $0.unit == "Milliseconds" && $0.values[0].value >= 5000 })
    }

    @Test func whatIsTooOldIsGivenUp() async throws {
        let world = SourceWorld(function: FakeFunction { _, _ in "!" })
        let last = world.stream.put("a", at: world.clock.now())
        try await world.map([
            "MaximumRecordAgeInSeconds": 60,
            "DestinationConfig": ["OnFailure": ["Destination": .string(FakeStream.queue)]],
        ])
        await world.run { world.position == last }
        await world.end()
        let record = try JSON(parsing: world.stream.messages.first?["MessageBody"]?.string ?? "")
        #expect(record["requestContext"]?["condition"] == "RecordAgeExceeded")
        #expect(record["requestContext"]?["approximateInvokeCount"]?.int == world.function.batches.count)
        #expect(world.function.batches.count > 3)
    }

    @Test func partOfABatchIsTriedAgain() async throws {
        let world = SourceWorld(
            function: FakeFunction { _, call in
                call == 1 ? #"{"batchItemFailures": [{"itemIdentifier": "102"}]}"# : "{}"
            })
        let all = (0..<4).map { world.stream.put("\($0)", at: world.clock.now()) }
        try await world.map(["FunctionResponseTypes": ["ReportBatchItemFailures"]])
        await world.run { world.position == all.last }
        #expect(world.function.batches == [all, ["102", "103"]])
        await world.end()
        #expect(world.steps.dropFirst(2).map(\.step) == [.delivered, .failed, .retried, .delivered])
        #expect(world.steps.dropFirst(2).map(\.records) == [2, 2, 2, 2])
    }

    @Test func throttlesCostNoTry() async throws {
        let world = SourceWorld(
            function: FakeFunction { _, call throws(ServiceError) in
                if call < 5 { throw .throttled("ConcurrentInvocationLimitExceeded") }
                return "null"
            })
        let last = world.stream.put("a", at: world.clock.now())
        try await world.map(["MaximumRetryAttempts": 0])
        await world.run { world.position == last }
        #expect(world.function.batches.count == 5)
        #expect(!world.steps.contains { $0.step == .discarded })
        await world.end()
    }

    @Test func recordsThatNoFilterLetsPassAreSkipped() async throws {
        let world = SourceWorld()
        let first = world.stream.put("a", at: world.clock.now(), event: "INSERT")
        let last = world.stream.put("b", at: world.clock.now(), event: "REMOVE")
        try await world.map([
            "FilterCriteria": ["Filters": [["Pattern": #"{"eventName": ["INSERT"]}"#]]]
        ])
        await world.run { world.position == last }
        #expect(world.function.batches == [[first]])
        await world.end()
    }

    @Test func aWindowGathersRecords() async throws {
        let world = SourceWorld()
        try await world.map(["MaximumBatchingWindowInSeconds": 10, "BatchSize": 3])
        let begin = world.clock.now()
        let first = world.stream.put("a", at: begin)
        await world.run { world.clock.now() - begin > .seconds(5) }
        #expect(world.function.batches.isEmpty)
        let second = world.stream.put("b", at: world.clock.now())
        await world.run { world.position == second }
        #expect(world.function.batches == [[first, second]])
        #expect(world.clock.now() - begin >= .seconds(10))
        let full = (0..<3).map { world.stream.put("\($0)", at: world.clock.now()) }
        let before = world.clock.now()
        await world.run { world.position == full.last }
        #expect(world.clock.now() - before < .seconds(5))
        await world.end()
    }

    @Test func fromTheLatestOnOldRecordsAreLeftAlone() async throws {
        let world = SourceWorld()
        world.stream.put("old", at: world.clock.now())
        try await world.map(from: .latest)
        let new = world.stream.put("new", at: world.clock.now())
        await world.run { world.position == new }
        #expect(world.function.batches == [[new]])
        await world.end()
    }

    @Test func parentsAreReadToTheirEndFirst() async throws {
        let stream = FakeStream([
            .init(id: "child", parent: "shard-1"), .init(id: "shard-1"), .init(id: "orphan", parent: "gone"),
        ])
        let world = SourceWorld(stream: stream)
        let child = stream.put("c", at: world.clock.now(), shard: "child")
        let orphan = stream.put("o", at: world.clock.now(), shard: "orphan")
        let parent = stream.put("p", at: world.clock.now())
        try await world.map()
        await world.run { world.function.batches.count == 2 }
        #expect(Set(world.function.batches.joined()) == [parent, orphan])
        let last = stream.put("q", at: world.clock.now())
        stream.close("shard-1")
        await world.run { world.function.batches.count == 4 }
        #expect(world.function.batches.suffix(2) == [[last], [child]])
        await world.end()
    }

    @Test func inParallelEachKeyStaysInOrder() async throws {
        let world = SourceWorld(function: FakeFunction { _, call in call % 3 == 0 ? "!" : "null" })
        var byKey: [String: [String]] = [:]
        for number in 0..<60 {
            let key = "\(number % 7)"
            byKey[key, default: []].append(world.stream.put(key, at: world.clock.now()))
        }
        let last = try #require(byKey.values.joined().max())
        try await world.map(["ParallelizationFactor": 4, "BatchSize": 5])
        await world.run { world.position == last }
        await world.end()
        var taken: [String: [String]] = [:]
        for event in world.function.events {
            for record in event["Records"]?.array ?? [] {
                let key = record["dynamodb"]?["Keys"]?["id"]?["S"]?.string ?? ""
                let sequence = record["dynamodb"]?["SequenceNumber"]?.string ?? ""
                if taken[key]?.contains(sequence) != true { taken[key, default: []].append(sequence) }
            }
        }
        #expect(taken == byKey)
    }

    @Test(arguments: ["ExpiredIteratorException", "TrimmedDataAccessException", "InternalServerError"])
    func troublesOfTheStreamLoseNothing(code: String) async throws {
        let world = SourceWorld()
        try await world.map()
        let first = world.stream.put("a", at: world.clock.now())
        await world.run { world.position == first }
        world.stream.fail("GetRecords", ServiceError(code, "no", status: 400))
        let second = world.stream.put("b", at: world.clock.now())
        await world.run { world.position == second }
        #expect(world.function.batches.last?.last == second)
        await world.end()
    }

    @Test func aStreamThatIsGoneIsToldAndWaitedFor() async throws {
        let world = SourceWorld()
        try await world.map()
        let gone = ServiceError("ResourceNotFoundException", "Requested resource not found: Stream not found")
        world.stream.fail("GetRecords", gone, gone, gone)
        await world.run { world.result?.hasPrefix("PROBLEM: ResourceNotFoundException") == true }
        let last = world.stream.put("a", at: world.clock.now())
        await world.run { world.position == last }
        #expect(world.result == "OK")
        await world.end()
    }

    @Test func aSignalWakesTheReaderAtOnce() async throws {
        let world = SourceWorld()
        try await world.map()
        let begin = world.clock.now()
        await world.clock.wakeNext()
        let woken = world.clock.now()
        world.stream.put("a", at: begin)
        world.signals.raise(FakeStream.arn)
        await world.function.wait(for: 1)
        #expect(world.clock.now() == woken)
        await world.end()
    }
}
