package import Telemetry

/// What a history says so far: which states were visited, how each went, and where the execution is.
///
/// It is made of events alone, one after the other: the progress at any moment is that of the events up to it.
package struct HistoryProgress: Hashable, Sendable {
    package internal(set) var visits: [StateVisit] = []
    /// Of each name the latest visit.
    package internal(set) var latest: [String: Int] = [:]
    /// The visits that are in no Map, in order: what a strip shows.
    package internal(set) var outline: [Int] = []
    package internal(set) var status = ExecutionStatus.running
    package internal(set) var ended: Timestamp?
    package internal(set) var error: String?
    package internal(set) var cause: String?
    package internal(set) var eventCount = 0
    package internal(set) var lastTime: Timestamp?
    /// The visit that the last event is about.
    package internal(set) var active: Int?
    /// The visit that made the execution fail.
    package internal(set) var failed: Int?
    var open: Set<Int> = []
    /// Containers whose inside is over.
    var settled: Set<Int> = []
    /// What the events that open branches and iterations open.
    var starts: [Int: Start] = [:]
    /// The visit of each event; -1 for none.
    private var places: [Int32] = []
    private var firstID: Int?

    package init() {}

    package mutating func take(_ event: HistoryEvent) {
        eventCount += 1
        lastTime = event.time
        let first = firstID ?? event.id
        firstID = first
        let visit = apply(event)
        if let visit { active = visit }
        // Ids that jump would make holes of any size: such events belong to no visit later on.
        guard event.id &- first == places.count else { return }
        places.append(Int32(truncatingIfNeeded: visit ?? -1))
    }

    /// The visit that an event is about.
    package func visit(ofEvent id: Int) -> Int? {
        guard let firstID, id >= firstID, places.indices.contains(id &- firstID) else { return nil }
        let place = Int(places[id &- firstID])
        return visits.indices.contains(place) ? place : nil
    }

    /// The Maps around a visit with the iteration of each, the innermost first.
    package func iterations(around visit: Int) -> [(map: Int, index: Int)] {
        var found: [(map: Int, index: Int)] = []
        var place = visits.indices.contains(visit) ? visits[visit] : nil
        while let current = place, let parent = current.parent {
            if let index = current.iteration { found.append((parent, index)) }
            place = visits[parent]
        }
        return found
    }

    /// The visit itself or what is around it, from the inside out, that fulfils the condition.
    func climb(from visit: Int?, _ condition: (StateVisit) -> Bool) -> Int? {
        var place = visit
        while let index = place {
            if condition(visits[index]) { return index }
            place = visits[index].parent
        }
        return nil
    }

    private mutating func apply(_ event: HistoryEvent) -> Int? {
        let before = visit(ofEvent: event.previousID)
        if event.type.hasPrefix("Execution") { return applyExecution(event, before) }
        if event.isStateEntered { return enter(event, before) }
        if event.isStateExited { return exit(event, before) }
        if event.type.hasPrefix("MapIteration") { return applyIteration(event, before) }
        if event.type.hasPrefix("MapState") || event.type.hasPrefix("ParallelState") {
            return applyContainer(event, before)
        }
        if event.type.hasPrefix("MapRun") { return applyMapRun(event, before) }
        if event.type.hasSuffix("StateAborted") {
            if let before { end(before, .aborted, at: event.time) }
            return before
        }
        return applyTask(event, before)
    }
}

extension HistoryProgress {
    /// The same visits, without the exits from an event on.
    package func forgettingExits(from event: Int) -> HistoryProgress {
        var earlier = self
        for index in visits.indices where (visits[index].exitedEvent ?? 0) >= event {
            earlier.visits[index].exitedEvent = nil
        }
        return earlier
    }
}
