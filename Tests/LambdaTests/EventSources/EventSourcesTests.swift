import AWSCore
import Foundation
import JSON
import Telemetry
import Testing

@testable import Lambda

struct EventSourcesTests {
    private let folder = NSTemporaryDirectory() + "sources-\(RequestID())"

    @Test func anotherRunGoesOnWhereThisOneStopped() async throws {
        defer { Files.remove(folder) }
        let shelf = try EventSourceShelf(directory: folder)
        let stream = FakeStream()
        let clock = ManualClock()
        // The second batch fails until the end.
        let first = SourceWorld(
            stream: stream, function: FakeFunction { records, _ in records.contains("102") ? "!" : "null" },
            clock: clock, shelf: shelf)
        let all = (0..<4).map { stream.put("\($0)", at: clock.now()) }
        try await first.map(["BatchSize": 2])
        await first.run { first.function.batches.count >= 3 }
        await first.end()
        #expect(first.function.batches.first == ["100", "101"])

        let second = SourceWorld(stream: stream, clock: clock, shelf: shelf)
        #expect(second.sources.restore().isEmpty)
        let before = try #require(first.sources.sorted.first)
        var after = try #require(second.sources.sorted.first)
        // How the last batch went is of no use to another run.
        after.lastResult = before.lastResult
        #expect(after.json == before.json)
        #expect(after.positions == before.positions && after.began == before.began)
        second.sources.resume()
        await second.function.wait(for: 1)
        #expect(second.function.batches == [["102", "103"]])
        let last = stream.put("new", at: clock.now())
        await second.run { second.sources.sorted.first?.positions["shard-1"] == last }
        await second.end()
        let taken = (first.function.batches + second.function.batches).joined()
        #expect(Set(taken) == Set(all + [last]))
    }

    @Test func whatCameSinceTheLatestIsThereAfterARestart() async throws {
        defer { Files.remove(folder) }
        let shelf = try EventSourceShelf(directory: folder)
        let stream = FakeStream()
        let clock = ManualClock()
        stream.put("old", at: clock.now() - .seconds(5))
        let first = SourceWorld(stream: stream, clock: clock, shelf: shelf)
        try await first.map(from: .latest)
        await first.end()
        clock.advance(by: .seconds(3))
        let missed = stream.put("missed", at: clock.now())
        let second = SourceWorld(stream: stream, clock: clock, shelf: shelf)
        _ = second.sources.restore()
        second.sources.resume()
        await second.function.wait(for: 1)
        #expect(second.function.batches == [[missed]])
        await second.end()
    }

    @Test func aPauseLosesNothing() async throws {
        let world = SourceWorld()
        try await world.map()
        let first = world.stream.put("a", at: world.clock.now())
        await world.run { world.position == first }
        var mapping = try world.sources.find(world.id)
        mapping.isEnabled = false
        let paused = try await world.sources.update(mapping)
        #expect(paused.state == "Disabled" && paused.positions["shard-1"] == first)
        let second = world.stream.put("b", at: world.clock.now())
        mapping.isEnabled = true
        mapping.batchSize = 7
        _ = try await world.sources.update(mapping)
        await world.run { world.position == second }
        #expect(world.function.batches == [[first], [second]])
        await world.end()
    }

    @Test func aMappingThatIsDeletedReadsNoMore() async throws {
        defer { Files.remove(folder) }
        let world = SourceWorld(shelf: try EventSourceShelf(directory: folder))
        try await world.map()
        let first = world.stream.put("a", at: world.clock.now())
        await world.run { world.position == first }
        _ = try world.sources.delete(world.id)
        #expect(throws: ServiceError.self) { try world.sources.find(world.id) }
        #expect(Files.names(in: folder).isEmpty)
        #expect(world.steps.last?.step == .deleted)
        world.stream.put("b", at: world.clock.now())
        await world.end()
        #expect(world.function.batches == [[first]])
    }

    @Test func aStreamAndAFunctionHaveOneMapping() async throws {
        let world = SourceWorld()
        try await world.map()
        let error = await #expect(throws: ServiceError.self) { try await world.map() }
        #expect(error?.code == "ResourceConflictException")
        #expect(error?.message.contains(world.id) == true)
        await world.end()
    }

    @Test func aStreamThatIsNotThereIsRefused() async throws {
        let world = SourceWorld()
        world.stream.fail("DescribeStream", ServiceError("ResourceNotFoundException", "Stream not found"))
        let error = await #expect(throws: ServiceError.self) { try await world.map() }
        #expect(error?.message == "Stream not found: \(FakeStream.arn)")
        #expect(world.sources.sorted.isEmpty)
    }

    @Test(arguments: ["", "{", "[]", #"{"Mapping": {"UUID": "../x"}}"#])
    func aFileThatCannotBeReadIsNamed(_ text: String) throws {
        defer { Files.remove(folder) }
        let shelf = try EventSourceShelf(directory: folder)
        try Files.write(Array(text.utf8), to: "\(folder)/broken.json", mode: 0o600)
        #expect(shelf.load().unreadable == ["\(folder)/broken.json"])
    }
}
