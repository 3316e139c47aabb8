import Telemetry
import Testing

@testable import TelemetryStore

struct EventSourceTests {
    private typealias Sample = TableSampleEvents

    private func story(_ events: [TelemetryEvent]) async throws -> EventSourceStory {
        let store = TelemetryStore()
        await store.ingest(events)
        return try #require(await store.eventSources(function: "fan-out").first)
    }

    /// Ten records of which one fails: halved down to it, given up, told to a queue.
    private let poison = [
        Sample.step(.delivered, 10, 19, second: 0),
        Sample.step(.failed, 20, 29, second: 1, detail: "PoisonRecord"),
        Sample.step(.bisected, 20, 29, second: 1),
        Sample.step(.delivered, 20, 24, second: 2),
        Sample.step(.failed, 25, 29, second: 3, attempt: 2),
        Sample.step(.bisected, 25, 29, second: 3),
        Sample.step(.failed, 25, 26, second: 4, attempt: 3),
        Sample.step(.bisected, 25, 26, second: 4),
        Sample.step(.delivered, 25, 25, second: 5),
        Sample.step(.failed, 26, 26, second: 6, attempt: 4),
        Sample.step(.discarded, 26, 26, second: 6),
        Sample.step(.sentToDestination, 26, 26, second: 6, detail: "arn:aws:sqs:::dead"),
        Sample.step(.delivered, 27, 29, second: 7),
        Sample.step(.delivered, 30, 39, second: 8),
    ]

    @Test("A function that fails on one record is told as one incident")
    func poisonRecord() async throws {
        let story = try await story(poison)
        let incident = try #require(story.incidents.first)
        #expect(story.incidents.count == 1 && story.openIncident == nil)
        #expect(incident.failures == 4 && incident.bisections == 3 && incident.records == 10)
        #expect(incident.narrowest.first == "4926" && incident.narrowest.records == 1)
        #expect(incident.delivered == 9 && incident.discarded == 1 && incident.outcome == .discarded)
        #expect(incident.destination == "arn:aws:sqs:::dead" && incident.error == "PoisonRecord")
        #expect(story.position == "4939" && story.table == "orders")
        #expect(story.deliveredRecords == 29 && story.discardedRecords == 1)
    }

    @Test("A destination that could not be told is no destination that was")
    func destinationFails() async throws {
        let problem = "arn:aws:sqs:::dead: NotFound: no"
        let story = try await story([
            Sample.step(.failed, 1, 1, second: 1), Sample.step(.discarded, 1, 1, second: 1),
            Sample.step(.destinationFailed, 1, 1, second: 1, detail: problem),
        ])
        let incident = try #require(story.incidents.first)
        #expect(incident.destination == nil && incident.destinationProblem == problem)
    }

    @Test("While the function fails the incident is open; a later success ends it")
    func openIncident() async throws {
        let failing = [Sample.step(.failed, 1, 3, second: 1), Sample.step(.retried, 1, 3, second: 2)]
        #expect(try await story(failing).openIncident?.failures == 1)
        let healed = failing + [Sample.step(.delivered, 1, 3, second: 3)]
        #expect(try await story(healed).incidents.map(\.outcome) == [.delivered])
    }

    @Test("The table counts who reads its stream, and a mapping that was deleted is gone")
    func consumers() async {
        let store = TelemetryStore()
        await store.ingest(poison + [TelemetryEvent(.tableChanged(TableDescription(name: "orders")), at: Sample.start)])
        let window = TimeWindow(start: Sample.start, end: Sample.start + .seconds(60))
        #expect(await store.tables(window, buckets: 1).tables.map(\.consumers) == [1])
        #expect(await store.table("orders", in: window, buckets: 1)?.stories.map(\.id) == ["m-1"])
        await store.ingest([Sample.step(.deleted, 1, 1, second: 9)])
        #expect(await store.tables(window, buckets: 1).tables.map(\.consumers) == [0])
        #expect(await store.eventSources(function: "fan-out").isEmpty)
    }

    @Test("Only the latest steps are kept, and it says how many there were")
    func bounds() async throws {
        let story = try await story((0..<1000).map { Sample.step(.delivered, $0, $0, second: Int64($0)) })
        #expect(story.steps.count <= 200 && story.steps.count + story.droppedSteps == 1000)
        #expect(story.batches[.delivered] == 1000)
    }

    @Test(
        "Sequence numbers are compared as numbers",
        arguments: [("9", "10", true), ("10", "9", false), ("009", "10", true), ("5", "5", false), ("", "1", true)])
    func sequenceNumbers(_ first: String, _ second: String, _ isBefore: Bool) {
        #expect(SequenceNumber.isBefore(first, second) == isBefore)
    }
}
