import HTTPTransport
import NIOCore
import Synchronization
import Telemetry

/// All execution environments: who serves whom, and who is started and ended.
final class Environments: Sendable {
    let settings: LambdaSettings
    let sink: any TelemetrySink
    let client: HTTPClient
    private let group: any EventLoopGroup
    let layers: Layers
    private let functions: Functions
    private let state: Mutex<State>

    private struct State {
        var pool: PoolState<InvocationJob>
        /// Until they are closed, also those that serve nobody any longer.
        var alive: [Int: Environment] = [:]
        var idleSince: [Int: NIODeadline] = [:]
        var isStopping = false
    }

    init(
        group: any EventLoopGroup, functions: Functions, layers: Layers, settings: LambdaSettings,
        sink: any TelemetrySink
    ) {
        self.layers = layers
        self.group = group
        self.functions = functions
        self.settings = settings
        self.sink = sink
        client = HTTPClient(group: group)
        state = Mutex(
            State(
                pool: PoolState(
                    startLimit: settings.simultaneousStarts, accountLimit: settings.accountConcurrency)))
    }

    var metrics: FunctionMetrics { FunctionMetrics(sink: sink, clock: settings.clock) }

    // MARK: Jobs

    /// Finds an environment for a job; completes it at once when it is throttled.
    func submit(_ job: InvocationJob, to function: VersionName) {
        let (arrival, environment, starts) = state.withLock { state in
            let arrival = state.pool.arrive(job, at: function)
            guard case .run(let number) = arrival else {
                return (arrival, nil as Environment?, Self.starts(&state))
            }
            state.idleSince[number] = nil
            return (arrival, state.alive[number], [])
        }
        switch arrival {
        case .run: environment?.run { $0.run(job) }
        case .wait: start(starts)
        case .throttled(let reason):
            job.complete(InvocationOutcome(payload: [], isError: true, throttled: reason))
        }
    }

    private static func starts(_ state: inout State) -> [PoolState<InvocationJob>.Start] {
        state.isStopping ? [] : state.pool.starts()
    }

    private func start(_ starts: [PoolState<InvocationJob>.Start]) {
        for start in starts {
            guard let function = functions.version(start.function) else {
                // It was deleted after its last job had come.
                changed(start.function, isDeleted: true)
                startMore { $0.pool.ended(start.environment) }
                continue
            }
            let environment = Environment(number: start.environment, function: start.function, loop: group.next())
            state.withLock { $0.alive[start.environment] = environment }
            Task { await self.listen(environment, function) }
        }
    }

    private func listen(_ environment: Environment, _ function: LambdaFunction) async {
        let server = try? await HTTPServer.start(
            group: environment.loop, responder: RuntimeAPI(environment: environment))
        environment.loop.execute {
            let core = EnvironmentCore(environment: environment, environments: self, function: function)
            environment.core = core
            core.server = server
            guard server != nil else {
                core.initFailed("Sandbox.Failure", message: "no port is free for the Runtime API")
                return
            }
            core.launch()
        }
    }

    /// Changes the state, then starts what there is room for now.
    private func startMore(_ change: (inout State) -> Void) {
        let starts = state.withLock { state in
            change(&state)
            return Self.starts(&state)
        }
        start(starts)
    }

    // MARK: What environments report, from their loops

    func answered(_ environment: Environment) {
        state.withLock { $0.pool.answered(environment.function, by: environment.number) }
    }

    func lags(_ environment: Environment) { startMore { $0.pool.lags(environment.number) } }

    func freed(_ environment: Environment) -> PoolState<InvocationJob>.Freed {
        let (freed, starts) = state.withLock { state in
            let freed = state.isStopping ? .retire : state.pool.freed(environment.number)
            if case .idle = freed { state.idleSince[environment.number] = .now() }
            return (freed, Self.starts(&state))
        }
        start(starts)
        return freed
    }

    func claim(_ environment: Int) -> InvocationJob? {
        state.withLock { $0.pool.claim(environment) }
    }

    func left(_ environment: Environment) {
        startMore { state in
            state.pool.ended(environment.number)
            state.idleSince[environment.number] = nil
        }
    }

    func closed(_ environment: Environment) {
        state.withLock { _ = $0.alive.removeValue(forKey: environment.number) }
    }

    /// Looks at a busy environment every 50 ms for as long as it is.
    func sampler(for environment: Environment) {
        guard environment.core?.sampling == nil else { return }
        environment.core?.sampling = environment.loop.scheduleRepeatedTask(
            initialDelay: .milliseconds(50), delay: .milliseconds(50)
        ) { task in
            guard let core = environment.core, core.sample() else {
                task.cancel()
                environment.core?.sampling = nil
                return
            }
        }
    }

    // MARK: Functions

    /// A function is gone, with all its versions.
    func deleted(_ function: String) {
        for version in state.withLock({ $0.pool.versions(of: function) }) { changed(version, isDeleted: true) }
        reserve(nil, for: function)
    }

    /// A version's code or configuration changed, or it is gone.
    func changed(_ function: VersionName, isDeleted: Bool = false) {
        let (idle, waiting) = state.withLock { state in
            let numbers = state.pool.changed(function, isDeleted: isDeleted)
            let waiting = isDeleted ? state.pool.takeWaiting(function) : []
            for number in numbers { state.idleSince[number] = nil }
            return (numbers.compactMap { state.alive[$0] }, waiting)
        }
        for environment in idle {
            environment.run { $0.retire(reason: "code or configuration changed", shutdownReason: "spindown") }
        }
        for job in waiting {
            state.withLock { $0.pool.answered(function, by: nil) }
            job.complete(InvocationOutcome(payload: [], isError: true, throttled: InvocationOutcome.deleted))
        }
    }

    func reserve(_ count: Int?, for function: String) {
        state.withLock { $0.pool.reserve(count, for: function) }
    }

    var unreservedConcurrency: Int { state.withLock { $0.pool.unreserved } }

    // MARK: The end

    /// Ends environments that had nothing to do for long.
    func endIdle() {
        let now = NIODeadline.now()
        let limit = TimeAmount(settings.idleLimit)
        let old = state.withLock { state in
            let numbers = state.idleSince.filter { now - $0.value >= limit }.map(\.key)
            return numbers.compactMap { number -> Environment? in
                guard state.pool.takeIdle(number) else { return nil }
                state.idleSince[number] = nil
                return state.alive[number]
            }
        }
        for environment in old { environment.run { $0.retire(reason: "idle", shutdownReason: "spindown") } }
    }

    /// Ends all of them and waits until their processes are gone.
    func shutdown() async {
        let all = state.withLock { state in
            state.isStopping = true
            return Array(state.alive.values)
        }
        let waiting = state.withLock { state in state.pool.pools.keys.flatMap { state.pool.takeWaiting($0) } }
        for job in waiting {
            job.complete(InvocationOutcome(payload: [], isError: true, throttled: InvocationOutcome.stopped))
        }
        for environment in all { environment.run { $0.retire(reason: "shutdown", shutdownReason: "spindown") } }
        let deadline = ContinuousClock.now + settings.shutdownLimit + .seconds(1)
        while state.withLock({ !$0.alive.isEmpty }), ContinuousClock.now < deadline {
            try? await Task.sleep(for: .milliseconds(5))
        }
        client.close()
    }
}
