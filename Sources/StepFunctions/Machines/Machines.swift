import AWSCore
import JSON
import StatesLanguage
import Synchronization
import Telemetry

/// All state machines, by the ARN without version or alias.
final class Machines: Sendable {
    private let all = Mutex<[String: StateMachine]>([:])
    private let counter = Atomic<Int>(1)
    let journal: any ExecutionJournal
    private let quota: Int

    init(journal: any ExecutionJournal, quota: Int) {
        self.journal = journal
        self.quota = quota
    }

    func nextNumber() -> Int { counter.wrappingAdd(1, ordering: .relaxed).oldValue }

    subscript(arn: String) -> StateMachine? { all.withLock { $0[arn] } }

    var list: [StateMachine] { all.withLock { $0.values.sorted { $0.number < $1.number } } }

    /// - Throws: `StateMachineDoesNotExist`.
    func get(_ arn: String) throws(ServiceError) -> StateMachine {
        guard let machine = self[arn] else { throw .noStateMachine(arn) }
        return machine
    }

    /// Puts a new machine in.
    ///
    /// - Returns: the machine of that ARN that is there already; nothing changed then.
    /// - Throws: `StateMachineLimitExceeded`.
    func insert(_ machine: StateMachine) throws(ServiceError) -> StateMachine? {
        let (known, isFull) = all.withLock { all -> (StateMachine?, Bool) in
            if let known = all[machine.arn] { return (known, false) }
            guard all.count < quota else { return (nil, true) }
            all[machine.arn] = machine
            return (nil, false)
        }
        guard !isFull else {
            throw ServiceError("StateMachineLimitExceeded", "State Machine Limit Exceeded: '\(quota)'")
        }
        if known == nil { journal.save(.machine, machine.arn, machine.json) }
        return known
    }

    /// Changes a machine in one step.
    ///
    /// - Parameter error: when there is no machine of that ARN.
    @discardableResult
    func update<Value>(
        _ arn: String, else error: ServiceError? = nil,
        _ change: (inout StateMachine) throws(ServiceError) -> Value
    ) throws(ServiceError) -> Value {
        let result: Result<(Value, StateMachine), ServiceError> = all.withLock { all in
            guard var machine = all[arn] else { return .failure(error ?? .noStateMachine(arn)) }
            do throws(ServiceError) {
                let value = try change(&machine)
                all[arn] = machine
                return .success((value, machine))
            } catch {
                return .failure(error)
            }
        }
        let (value, machine) = try result.get()
        journal.save(.machine, arn, machine.json)
        return value
    }

    func remove(_ arn: String) -> StateMachine? {
        let machine = all.withLock { $0.removeValue(forKey: arn) }
        if machine != nil { journal.save(.machine, arn, nil) }
        return machine
    }

    func restore(_ machine: StateMachine) {
        all.withLock { $0[machine.arn] = machine }
        let next = machine.number + 1
        if counter.load(ordering: .relaxed) < next { counter.store(next, ordering: .relaxed) }
    }

    /// What an ARN with or without a qualifier runs.
    ///
    /// - Throws: `InvalidArn`, `StateMachineDoesNotExist`.
    func target(_ text: String, random: Int) throws(ServiceError) -> MachineTarget {
        let (arn, qualifier) = try StatesARN.machine(text)
        guard let machine = self[arn] else { throw .noStateMachine(text) }
        guard let qualifier else { return MachineTarget(machine: machine, revision: machine.revision) }
        if let number = Int(qualifier) {
            guard let version = machine.version(number) else { throw .noStateMachine(text) }
            return MachineTarget(machine: machine, revision: version.revision, version: version)
        }
        guard let alias = machine.alias(qualifier), let number = alias.version(random: random),
            let version = machine.version(number)
        else { throw .noStateMachine(text) }
        return MachineTarget(machine: machine, revision: version.revision, version: version, alias: alias)
    }
}

/// A machine as an execution starts it.
struct MachineTarget: Sendable {
    var machine: StateMachine
    var revision: MachineRevision
    var version: MachineVersion?
    var alias: MachineAlias?

    var versionARN: String? { version.map { machine.versionARN($0.number) } }
    var aliasARN: String? { alias.map { machine.aliasARN($0.name) } }
}
