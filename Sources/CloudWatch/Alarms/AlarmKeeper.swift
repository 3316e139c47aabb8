package import AWSCore
import JSON
package import Telemetry
package import TelemetryStore

/// All alarms: keeps them, looks at their metrics when data came or a period ended, and does their actions.
package actor AlarmKeeper {
    private(set) var alarms: [String: Alarm] = [:]
    var history = AlarmHistory()
    private let store: TelemetryStore
    private let sink: any TelemetrySink
    private let actions: AlarmActions
    private let shelf: AlarmShelf?
    let now: @Sendable () -> Timestamp
    private let wakes: AsyncStream<Void>
    private let wake: AsyncStream<Void>.Continuation

    /// CloudWatch's limit for a region.
    private static let most = 5000

    /// - Parameters:
    ///   - path: a file that keeps the alarms; none keeps them in memory.
    ///   - now: the time; only ``run(clock:)`` waits by a clock.
    package init(
        store: TelemetryStore, sink: any TelemetrySink, invoker: any FunctionInvoker, caller: any ServiceCaller,
        path: String? = nil, now: @escaping @Sendable () -> Timestamp = { .now() }
    ) {
        self.store = store
        self.sink = sink
        actions = AlarmActions(invoker: invoker, caller: caller)
        shelf = path.map(AlarmShelf.init)
        self.now = now
        (wakes, wake) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    // MARK: - Changing

    /// Takes the place of an alarm of that name; its state and its tags stay.
    func put(_ alarm: Alarm) throws(ServiceError) {
        var alarm = alarm
        if let known = alarms[alarm.name] {
            guard known.isComposite == alarm.isComposite else {
                throw MetricQueries.invalid("The alarm \(alarm.name) exists already and is a \(known.type).")
            }
            (alarm.state, alarm.tags) = (known.state, known.tags)
        } else {
            guard alarms.count < Self.most else {
                throw ServiceError("LimitExceeded", "There can be at most \(Self.most) alarms.")
            }
        }
        if case .composite(let rule) = alarm.watched { try check(rule, of: alarm.name) }
        let verb = alarms[alarm.name] == nil ? "create" : "update"
        alarms[alarm.name] = alarm
        history.configured(alarm, verb, at: alarm.configured)
        tell(alarm)
        save()
        wake.yield()
    }

    private func check(_ rule: AlarmRule, of name: String) throws(ServiceError) {
        let unknown = rule.children.filter { alarms[$0] == nil && $0 != name }
        guard unknown.isEmpty else {
            throw MetricQueries.invalid(
                "Could not save the composite alarm as alarms [\(unknown.joined(separator: ", "))] in the alarm rule do not exist"
            )
        }
        var seen: Set<String> = []
        var open = rule.children
        while let child = open.popLast() {
            guard child != name else {
                throw MetricQueries.invalid("Could not save the composite alarm as its rule would be about itself")
            }
            guard seen.insert(child).inserted, case .composite(let inner)? = alarms[child]?.watched else { continue }
            open += inner.children
        }
    }

    /// Those that are not there do not matter, as with AWS, if one at least is.
    func delete(_ names: [String]) throws(ServiceError) {
        let gone = Set(names)
        guard names.contains(where: { alarms[$0] != nil }) else {
            throw ServiceError(
                "ResourceNotFound", "The alarms [\(names.joined(separator: ", "))] do not exist.", status: 404)
        }
        for name in names {
            let parents = parents(of: name).filter { !gone.contains($0) }
            guard parents.isEmpty else {
                throw MetricQueries.invalid(
                    "\(name) cannot be deleted as there are composite alarms depending on it: [\(parents.joined(separator: ", "))]"
                )
            }
        }
        for name in names {
            guard let alarm = alarms.removeValue(forKey: name) else { continue }
            history.configured(alarm, "delete", at: now())
            sink.emit(TelemetryEvent(.alarmDeleted(name: name), at: now()))
        }
        save()
    }

    func parents(of name: String) -> [String] {
        alarms.values.filter { alarm in
            guard case .composite(let rule) = alarm.watched else { return false }
            return rule.children.contains(name)
        }
        .map(\.name).sorted()
    }

    /// - Throws: when there is no such alarm.
    func change(_ name: String, _ change: (inout Alarm) -> Void) throws(ServiceError) {
        guard var alarm = alarms[name] else {
            throw ServiceError("ResourceNotFound", "The alarm \(name) does not exist.", status: 404)
        }
        change(&alarm)
        alarms[name] = alarm
        tell(alarm)
        save()
    }

    /// Puts an alarm into a state by hand, until its metric is looked at after the next period.
    func set(
        _ name: String, _ value: AlarmDescription.State, reason: String, data: String?
    ) throws(ServiceError) {
        let time = now()
        guard var alarm = alarms[name] else {
            throw ServiceError("ResourceNotFound", "The alarm \(name) does not exist.", status: 404)
        }
        if case .metric(let condition) = alarm.watched {
            let period = Int64(condition.period)
            alarm.heldUntil = Timestamp(seconds: time.flooredSecond(to: period) + period)
            alarms[name] = alarm
        }
        move(name, to: value, reason: reason, data: data, at: time)
        wake.yield()
    }

    /// Comes into a state: written down, told and acted upon, if it is another one than before.
    func move(_ name: String, to value: AlarmDescription.State, reason: String, data: String?, at time: Timestamp) {
        guard var alarm = alarms[name] else { return }
        let old = alarm.state
        alarm.state.reason = reason
        alarm.state.reasonData = data
        alarm.state.updated = time
        alarm.state.value = value
        if old.value != value { alarm.state.transitioned = time }
        alarms[name] = alarm
        guard old.value != value else { return }
        history.changed(alarm, from: old, at: time)
        tell(alarm)
        save()
        guard alarm.actionsEnabled else { return }
        for arn in alarm.actions[value] ?? [] { act(arn, alarm, old) }
    }

    private func act(_ arn: String, _ alarm: Alarm, _ old: Alarm.State) {
        Task {
            let failure = await actions.perform(arn, alarm, old)
            history.acted(alarm, on: arn, failure: failure, at: now())
        }
    }

    private func tell(_ alarm: Alarm) { sink.emit(TelemetryEvent(.alarmChanged(alarm.told), at: now())) }

    // MARK: - Keeping

    private func save() { shelf?.save(alarms.values.sorted { $0.name < $1.name }) }

    /// Takes the alarms of the file.
    ///
    /// - Returns: the file if it cannot be read; it is left as it is then.
    package func restore() -> [String] {
        guard let shelf else { return [] }
        guard let kept = shelf.load() else { return [shelf.path] }
        for alarm in kept {
            alarms[alarm.name] = alarm
            tell(alarm)
        }
        if !kept.isEmpty { wake.yield() }
        return []
    }

    // MARK: - Running

    /// Looks at the alarms whenever something was measured, at most five times a second, and when a period ends, until
    /// the task is cancelled. Without alarms it waits and costs nothing.
    package func run(clock: any Clock<Duration> = ContinuousClock()) async {
        var watching: Task<Void, Never>?
        var alarm: Task<Void, Never>?
        defer {
            watching?.cancel()
            alarm?.cancel()
        }
        for await _ in wakes {
            guard !alarms.isEmpty else { continue }
            if watching == nil {
                watching = Task { [store, wake] in
                    for await _ in await store.changes() {
                        wake.yield()
                        try? await clock.sleep(for: .milliseconds(100))
                    }
                }
            }
            let took = await ContinuousClock().measure { await evaluate() }
            alarm?.cancel()
            if let next = nextPeriod {
                alarm = Task { [wake] in
                    // A little later, so that what happened in the period has come.
                    try? await clock.sleep(for: .microseconds(max(next.count, 0) + 50_000))
                    if !Task.isCancelled { wake.yield() }
                }
            }
            // With many values to look at it looks less often, and still within a second.
            try? await clock.sleep(for: min(max(took * 8, .milliseconds(200)), .milliseconds(800)))
        }
    }

    /// How long until a period of any alarm ends.
    private var nextPeriod: Microseconds? {
        let time = now()
        return alarms.values.compactMap { alarm -> Microseconds? in
            guard case .metric(let condition) = alarm.watched else { return nil }
            let period = Int64(condition.period)
            return Timestamp(seconds: time.flooredSecond(to: period) + period) - time
        }
        .min()
    }

    package func evaluate() async {
        let time = now()
        for (name, alarm) in alarms.sorted(by: { $0.key < $1.key }) {
            guard case .metric(let condition) = alarm.watched, (alarm.heldUntil ?? time) <= time else { continue }
            guard let found = await AlarmLook.look(condition, in: store, at: time) else { continue }
            // While the store was asked, the alarm may have been changed by hand.
            guard alarms[name]?.watched == alarm.watched, alarms[name]?.heldUntil == alarm.heldUntil else { continue }
            take(found, name, condition, at: time)
        }
        evaluateComposites(at: time)
    }

    private func take(_ found: AlarmLook, _ name: String, _ condition: MetricCondition, at time: Timestamp) {
        alarms[name]?.heldUntil = found.heldUntil
        guard let state = found.verdict.state, state != alarms[name]?.state.value else { return }
        move(
            name, to: state, reason: AlarmReason.text(found.verdict, state, condition),
            data: AlarmReason.data(found.verdict, condition, at: time), at: time)
    }
}
