import JSON
import Telemetry

extension Execution {
    /// Steps after which the turn is given back.
    private static let stepsPerTurn = 1_000

    mutating func run() {
        var steps = 0
        while status == .running, let entry = ready.next() {
            guard strands[entry.strand].generation == entry.generation else { continue }
            step(entry.strand)
            if isHistoryFull {
                failHistoryFull()
                return
            }
            steps += 1
            if steps == Self.stepsPerTurn, !ready.isEmpty {
                hasYielded = true
                actions.append(.yield)
                return
            }
        }
    }

    mutating func makeReady(_ id: Int, _ phase: Strand.Phase) {
        strands[id].phase = phase
        ready.append(id, strands[id].generation)
    }

    private mutating func step(_ id: Int) {
        switch strands[id].phase {
        case .entering:
            enter(id)
            attempt(id)
        case .attempting: attempt(id)
        default: break
        }
    }

    private mutating func enter(_ id: Int) {
        let state = strands[id].state
        strands[id].enteredPrevious = strands[id].last
        strands[id].entered = now
        strands[id].retryCount = 0
        strands[id].attempts = []
        emit(state.type.enteredEvent, of: id, Details.entered(state.name, strands[id].input))
        strands[id].enteredID = strands[id].last
    }

    private mutating func attempt(_ id: Int) {
        let state = strands[id].state
        do throws(StateFailure) {
            switch state.body {
            case .pass(let result): try pass(id, state, result)
            case .choice(let choice): try choose(id, state, choice)
            case .wait(let wait): try startWaiting(id, state, wait)
            case .succeed: try succeed(id, state)
            case .fail(let error, let cause): try raise(id, state, error, cause)
            case .task(let task): try startTask(id, state, task)
            case .parallel(let branches): try startParallel(id, state, branches)
            case .map(let map): try startMap(id, state, map)
            }
        } catch {
            fail(id, error)
        }
    }

    /// What the expressions of the strand's state may see. Hand it back with ``finish(_:)``.
    func scope(_ id: Int, token: String? = nil, map: JSON? = nil) -> EvaluationScope {
        let state = strands[id].state
        var context = ContextObject(
            identity: identity, input: input.value, stateName: state.name, entered: strands[id].entered,
            token: token, map: map ?? strands[id].map ?? identity.mapItem.map { ["Item": $0] })
        context.redriveCount = redriveCount
        context.redriven = redriven
        switch state.type {
        case .task, .map, .parallel: context.retryCount = strands[id].retryCount
        default: break
        }
        return EvaluationScope(
            language: state.queryLanguage, input: strands[id].input.value, variables: strands[id].variables,
            context: context, now: now, random: random)
    }

    /// Keeps the randomness that was drawn; before anything else draws some, and once.
    mutating func finish(_ scope: EvaluationScope) {
        guard !scope.isFinished else { return }
        scope.isFinished = true
        random = scope.random
    }
}
