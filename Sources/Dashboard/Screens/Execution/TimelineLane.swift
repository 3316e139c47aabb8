import Telemetry
import TelemetryStore

/// A row of the timeline.
enum TimelineLane: Hashable, Sendable {
    /// A state with all its visits.
    case state(String, visits: [Int], level: Int)
    /// One item of a Map.
    case iteration(map: Int, index: Int, level: Int)

    var level: Int {
        switch self {
        case .state(_, _, let level), .iteration(_, _, let level): level
        }
    }

    /// Of a Map with more items, the items have lanes only when they are asked for.
    static let mostUnasked = 8

    /// - Parameters:
    ///   - chosen: of each Map the item whose states have lanes.
    ///   - opened: the Maps, by name, whose items all have lanes.
    static func lanes(
        _ progress: HistoryProgress, chosen: [String: Int] = [:], opened: Set<String> = []
    ) -> [TimelineLane] {
        var children: [Scope: [Int]] = [:]
        for visit in progress.visits where visit.isOutside || progress.isChosen(visit, chosen) {
            children[Scope(parent: visit.parent, iteration: visit.iteration), default: []].append(visit.index)
        }
        var builder = Builder(progress: progress, chosen: chosen, opened: opened, children: children)
        builder.add(Scope(parent: nil, iteration: nil), level: 0)
        return builder.lanes
    }

    private struct Scope: Hashable {
        var parent: Int?
        var iteration: Int?
    }

    private struct Builder {
        let progress: HistoryProgress
        let chosen: [String: Int]
        let opened: Set<String>
        let children: [Scope: [Int]]
        var lanes: [TimelineLane] = []

        mutating func add(_ scope: Scope, level: Int) {
            var names: [String] = []
            var visits: [String: [Int]] = [:]
            for index in children[scope] ?? [] {
                let name = progress.visits[index].name
                if visits[name] == nil { names.append(name) }
                visits[name, default: []].append(index)
            }
            for name in names {
                let own = visits[name] ?? []
                lanes.append(.state(name, visits: own, level: level))
                for index in own where progress.visits[index].isContainer { addInside(index, level: level + 1) }
            }
        }

        private mutating func addInside(_ index: Int, level: Int) {
            let visit = progress.visits[index]
            guard visit.kind == "Map" else { return add(Scope(parent: index, iteration: nil), level: level) }
            let isOpen = visit.iterations.count <= TimelineLane.mostUnasked || opened.contains(visit.name)
            for item in visit.iterations.indices where isOpen || chosen[visit.name] == item {
                lanes.append(.iteration(map: index, index: item, level: level))
                if chosen[visit.name] == item { add(Scope(parent: index, iteration: item), level: level + 1) }
            }
        }
    }
}

extension HistoryProgress {
    /// Whether it lies in the chosen item of each Map around it.
    func isChosen(_ visit: StateVisit, _ chosen: [String: Int]) -> Bool {
        iterations(around: visit.index).allSatisfy { chosen[visits[$0.map].name] == $0.index }
    }
}
