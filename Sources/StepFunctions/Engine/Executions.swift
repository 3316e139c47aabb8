import DequeModule
import StatesLanguage
import Synchronization
import Telemetry

/// All executions by ARN. Those that ended are kept as long as there is room for their histories.
final class Executions: Sendable {
    private let state = Mutex(State())
    private let counter = Atomic<Int>(1)
    /// Bytes of history of executions that ended.
    private let cap: Int

    fileprivate struct State {
        var byARN: [String: ExecutionRunner] = [:]
        /// In the order they were started; with ARNs that are gone.
        var byMachine: [String: [String]] = [:]
        var byMapRun: [String: [String]] = [:]
        /// Ended ones, the oldest first.
        var closed: Deque<(arn: String, bytes: Int)> = []
        var closedBytes = 0
        var dropped = 0
    }

    init(cap: Int) { self.cap = cap }

    func nextNumber() -> Int { counter.wrappingAdd(1, ordering: .relaxed).oldValue }

    /// How many histories had to go.
    var droppedCount: Int { state.withLock { $0.dropped } }

    subscript(arn: String) -> ExecutionRunner? { state.withLock { $0.byARN[arn] } }

    /// - Returns: the execution of that ARN that is there already; nothing changed then.
    @discardableResult
    func insert(_ runner: ExecutionRunner) -> ExecutionRunner? {
        state.withLock { state in
            if let known = state.byARN[runner.arn] { return known }
            state.byARN[runner.arn] = runner
            if let mapRun = runner.record.identity.mapRunARN {
                state.byMapRun[mapRun, default: []].append(runner.arn)
            } else {
                state.byMachine[runner.record.identity.machineARN, default: []].append(runner.arn)
            }
            return nil
        }
    }

    func restored(number: Int) {
        if counter.load(ordering: .relaxed) <= number { counter.store(number + 1, ordering: .relaxed) }
    }

    /// The newest first.
    func of(machine: String) -> [ExecutionRunner] {
        state.withLock { state in state.byMachine[machine]?.reversed().compactMap { state.byARN[$0] } ?? [] }
    }

    /// The newest first.
    func of(mapRun: String) -> [ExecutionRunner] {
        state.withLock { state in state.byMapRun[mapRun]?.reversed().compactMap { state.byARN[$0] } ?? [] }
    }

    var all: [ExecutionRunner] { state.withLock { Array($0.byARN.values) } }

    var running: [ExecutionRunner] { all.filter { $0.facts.status == .running } }

    /// - Parameter canArchive: whether the history can be made again, so that only it has to go.
    /// - Returns: those whose histories had to go.
    func closed(_ runner: ExecutionRunner, bytes: Int, canArchive: Bool) -> [ExecutionRunner] {
        let old = state.withLock { state -> [ExecutionRunner] in
            state.closed.append((runner.arn, bytes + 1024))
            state.closedBytes += bytes + 1024
            var old: [ExecutionRunner] = []
            while state.closedBytes > cap, let first = state.closed.popFirst() {
                state.closedBytes -= first.bytes
                // It may have been redriven.
                guard let runner = state.byARN[first.arn] else { continue }
                if !canArchive || runner.record.isExpress {
                    state.remove(runner)
                    state.dropped += 1
                }
                old.append(runner)
            }
            return old
        }
        let archived = old.filter { $0.facts.status != .running }
        for runner in archived { runner.archive() }
        return archived
    }

    /// Lets go of everything: the runners know the world and the world knows them.
    func removeAll() {
        state.withLock { $0 = State() }
    }
}

extension Executions.State {
    fileprivate mutating func remove(_ runner: ExecutionRunner) {
        byARN[runner.arn] = nil
        let machine = runner.record.identity.machineARN
        // Lists are swept now and then, not for each execution.
        guard let list = byMachine[machine], list.count > 2 * byARN.count + 64 else { return }
        let known = byARN
        byMachine[machine] = list.filter { known[$0] != nil }
    }
}
