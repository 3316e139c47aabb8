import JSON
import Telemetry

/// Parallel states, inline Map states, and what their children come to.
extension Execution {
    /// Iterations of an inline Map at once where it names no limit.
    private static let iterationsAtOnce = 40

    mutating func startParallel(_ id: Int, _ state: StateDefinition, _ branches: [StateFlow]) throws(StateFailure) {
        let scope = scope(id)
        defer { finish(scope) }
        let effective = try scope.apply(state.inputPath, to: scope.input)
        let arguments = try scope.arguments(of: state, effective: effective)
        finish(scope)
        if let lost = branches.first(where: { $0.startIndex == nil }) { throw .noStart(lost) }
        let input = state.parameters == nil && state.inputPath == .whole ? strands[id].input : Payload(arguments)
        emit("ParallelStateStarted", of: id)
        let container = makeContainer(owner: id, isMap: false, count: branches.count)
        for (place, branch) in branches.enumerated() {
            startChild(of: container, place, branch, input, map: strands[id].map, after: strands[id].last)
        }
        containers[container].next = branches.count
        if branches.isEmpty { complete(container) }
    }

    mutating func startMap(_ id: Int, _ state: StateDefinition, _ map: MapDefinition) throws(StateFailure) {
        guard !map.isDistributed else {
            try startMapRun(id, state, map)
            return
        }
        let scope = scope(id)
        defer { finish(scope) }
        let effective = try scope.apply(state.inputPath, to: scope.input)
        let limit = try scope.maxConcurrency(of: map, effective: effective)
        let items = try scope.items(of: map, effective: effective)
        finish(scope)
        guard map.processor.startIndex != nil else { throw .noStart(map.processor) }
        var details = JSONObject()
        details["length"] = .int(items.count)
        emit("MapStateStarted", of: id, details)
        let container = makeContainer(owner: id, isMap: true, count: items.count)
        containers[container].items = items
        containers[container].effective = effective
        containers[container].limit = limit == 0 ? Self.iterationsAtOnce : min(limit, Self.iterationsAtOnce)
        containers[container].last = strands[id].last
        if items.isEmpty { complete(container) } else { launch(container) }
    }

    private mutating func makeContainer(owner: Int, isMap: Bool, count: Int) -> Int {
        let container = Container(
            owner: owner, isMap: isMap, results: Array(repeating: .null, count: count), remaining: count,
            children: Array(repeating: nil, count: count))
        let id: Int
        if let free = freeContainers.popLast() {
            id = free
            containers[free] = container
        } else {
            id = containers.count
            containers.append(container)
        }
        strands[owner].phase = .container(id)
        return id
    }

    private mutating func startChild(
        of container: Int, _ place: Int, _ flow: StateFlow, _ input: Payload, map: JSON?, after last: Int
    ) {
        let owner = containers[container].owner
        var strand = Strand(flow: flow, place: flow.startIndex ?? 0, input: input, variables: strands[owner].variables)
        strand.last = last
        strand.map = map
        strand.container = container
        strand.placeInContainer = place
        let id = add(strand)
        containers[container].children[place] = id
        containers[container].running += 1
        ready.append(id, strands[id].generation)
    }

    mutating func add(_ strand: Strand) -> Int {
        guard let free = freeStrands.popLast() else {
            strands.append(strand)
            return strands.count - 1
        }
        let generation = strands[free].generation
        strands[free] = strand
        strands[free].generation = generation
        return free
    }

    mutating func remove(_ id: Int) {
        strands[id].phase = .gone
        strands[id].generation += 1
        strands[id].variables = [:]
        strands[id].map = nil
        freeStrands.append(id)
    }

    /// Starts as many iterations as may run.
    mutating func launch(_ container: Int) {
        while containers[container].running < containers[container].limit,
            containers[container].next < containers[container].items.count
        {
            let place = containers[container].next
            containers[container].next += 1
            guard startIteration(container, place) else { return }
        }
    }

    private mutating func startIteration(_ container: Int, _ place: Int) -> Bool {
        let owner = containers[container].owner
        guard let map = strands[owner].state.map else { return false }
        let item = containers[container].items[place]
        let context = MapDefinition.context(index: place, value: item)
        var input = item
        if let selector = map.itemSelector {
            let scope = scope(owner, map: context)
            do throws(StateFailure) {
                input = try scope.itemInput(selector, effective: containers[container].effective)
                finish(scope)
            } catch {
                finish(scope)
                abortChildren(of: container)
                fail(owner, error)
                return false
            }
        }
        let name = strands[owner].state.name
        let event = emit("MapIterationStarted", after: containers[container].last, Details.iteration(name, place))
        startChild(of: container, place, map.processor, Payload(input), map: context, after: event)
        return true
    }

    mutating func endChild(_ id: Int, of container: Int, _ output: JSON) {
        let place = strands[id].placeInContainer
        let owner = containers[container].owner
        let last = strands[id].last
        containers[container].results[place] = output
        containers[container].children[place] = nil
        containers[container].running -= 1
        containers[container].remaining -= 1
        remove(id)
        strands[owner].last = last
        if containers[container].isMap {
            containers[container].last = last
            strands[owner].last = emit(
                "MapIterationSucceeded", after: last, Details.iteration(strands[owner].state.name, place))
        }
        if containers[container].remaining == 0 {
            complete(container)
        } else {
            launch(container)
        }
    }

    private mutating func complete(_ container: Int) {
        let owner = containers[container].owner
        let result = JSON.array(containers[container].results)
        let event = containers[container].isMap ? "MapStateSucceeded" : "ParallelStateSucceeded"
        emit(event, after: strands[owner].last)
        free(container)
        strands[owner].phase = .attempting
        leave(owner, with: result)
    }

    mutating func free(_ container: Int) {
        containers[container].results = []
        containers[container].items = []
        containers[container].children = []
        containers[container].effective = .null
        freeContainers.append(container)
    }

    /// The strand failed for good; its Parallel or Map state fails with it.
    mutating func failContainer(of id: Int, _ failure: StateFailure) {
        guard let container = strands[id].container else {
            halt(id, failure, failedEvent: nil)
            return
        }
        let owner = containers[container].owner
        let place = strands[id].placeInContainer
        if containers[container].isMap {
            emit("MapIterationFailed", after: strands[id].last, Details.iteration(strands[owner].state.name, place))
        }
        strands[owner].last = strands[id].last
        containers[container].children[place] = nil
        remove(id)
        abortChildren(of: container)
        strands[owner].phase = .attempting
        fail(owner, failure, isOfChild: true)
    }
}

extension StateFailure {
    static func noStart(_ flow: StateFlow) -> StateFailure { .runtime("There is no state '\(flow.startAt)'.") }
}
