import Telemetry

/// The event source mappings and their latest steps.
struct EventSourceArchive: Sendable {
    private(set) var mappings: [String: EventSourceStory] = [:]
    private var ignored = 0
    private var droppedSteps = 0

    /// More is an attack, not an application.
    private static let mostMappings = 1000

    mutating func take(_ change: EventSourceChange, at time: Timestamp) {
        guard makeRoom(for: change.id) else { return }
        let before = mappings[change.id]?.droppedSteps ?? 0
        mappings[change.id, default: EventSourceStory(change)].take(change, at: time)
        droppedSteps += (mappings[change.id]?.droppedSteps ?? 0) - before
    }

    /// What is not kept, by kind.
    var evicted: [String: Int] {
        ["event source": ignored, "event source step": droppedSteps].filter { $0.value > 0 }
    }

    /// Mappings that are gone make room for others.
    private mutating func makeRoom(for id: String) -> Bool {
        guard mappings[id] == nil, mappings.count >= Self.mostMappings else { return true }
        guard let gone = mappings.first(where: { $0.value.isDeleted }) else {
            ignored += 1
            return false
        }
        mappings[gone.key] = nil
        return true
    }

    /// Those of a function, or that read a table's stream.
    func stories(where isWanted: (EventSourceStory) -> Bool) -> [EventSourceStory] {
        mappings.values.filter { !$0.isDeleted && isWanted($0) }
            .sorted { ($0.function, $0.source, $0.id) < ($1.function, $1.source, $1.id) }
    }
}
