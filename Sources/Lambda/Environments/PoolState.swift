import DequeModule

/// Which environment serves whom: for all functions, as a value.
///
/// Environments have numbers, so that all of it can be tested without one.
struct PoolState<Job> {
    struct Pool {
        var generation = 0
        var isDeleted = false
        /// The one that was used last, last.
        var idle: [Int] = []
        var starting: Set<Int> = []
        var busy: Set<Int> = []
        /// Answered, and about to be free.
        var finishing: Set<Int> = []
        var waiting: Deque<Job> = []
    }

    /// What all versions of a function share.
    struct Load {
        var reserved: Int?
        /// Accepted and not answered.
        var inFlight = 0
    }

    enum Arrival {
        case run(Int)
        case wait
        /// With `Reason` of the error.
        case throttled(String)
    }

    enum Freed {
        case run(Job)
        case idle
        /// Its code or configuration is out of date.
        case retire
    }

    struct Start: Hashable {
        var environment: Int
        var function: VersionName
        var generation: Int
    }

    let startLimit: Int
    let accountLimit: Int
    private(set) var pools: [VersionName: Pool] = [:]
    private var loads: [String: Load] = [:]
    private var startingCount = 0
    private var lastNumber = 0
    /// Those that have jobs waiting.
    private var crowded: Set<VersionName> = []
    private var inFlightUnreserved = 0
    private var reservedTotal = 0
    private var functionOf: [Int: (name: VersionName, generation: Int)] = [:]

    init(startLimit: Int, accountLimit: Int) {
        self.startLimit = startLimit
        self.accountLimit = accountLimit
    }

    // MARK: Jobs

    mutating func arrive(_ job: Job, at function: VersionName) -> Arrival {
        var load = loads[function.name] ?? Load()
        if let reserved = load.reserved {
            guard load.inFlight < reserved else {
                return .throttled("ReservedFunctionConcurrentInvocationLimitExceeded")
            }
        } else {
            guard inFlightUnreserved < accountLimit - reservedTotal else {
                return .throttled("ConcurrentInvocationLimitExceeded")
            }
            inFlightUnreserved += 1
        }
        load.inFlight += 1
        loads[function.name] = load
        var pool = pools[function] ?? Pool()
        // It may be a new one of that name.
        pool.isDeleted = false
        defer { pools[function] = pool }
        guard let environment = pool.idle.popLast() else {
            pool.waiting.append(job)
            crowded.insert(function)
            return .wait
        }
        pool.busy.insert(environment)
        return .run(environment)
    }

    /// The caller of a job has its answer.
    mutating func answered(_ function: VersionName, by environment: Int?) {
        guard var pool = pools[function] else { return }
        loads[function.name]?.inFlight -= 1
        if loads[function.name]?.reserved == nil { inFlightUnreserved = max(inFlightUnreserved - 1, 0) }
        if let environment, pool.busy.remove(environment) != nil { pool.finishing.insert(environment) }
        pools[function] = pool
    }

    /// An environment that answered takes its time (extensions); others need not wait for it.
    mutating func lags(_ environment: Int) {
        guard let name = functionOf[environment]?.name, pools[name]?.finishing.remove(environment) != nil else {
            return
        }
        pools[name]?.busy.insert(environment)
    }

    // MARK: Environments

    /// Which environments to start now: as many as there are jobs that none is about to serve.
    mutating func starts() -> [Start] {
        var starts: [Start] = []
        for name in crowded {
            guard var pool = pools[name], !pool.waiting.isEmpty else {
                crowded.remove(name)
                continue
            }
            while startingCount < startLimit, pool.waiting.count > pool.starting.count + pool.finishing.count,
                hasRoom(name, pool)
            {
                lastNumber += 1
                startingCount += 1
                pool.starting.insert(lastNumber)
                functionOf[lastNumber] = (name, pool.generation)
                starts.append(Start(environment: lastNumber, function: name, generation: pool.generation))
            }
            pools[name] = pool
        }
        return starts
    }

    /// Whether one more environment is within what is reserved; one that lags behind its answer is still at work.
    private func hasRoom(_ name: VersionName, _ pool: Pool) -> Bool {
        guard let reserved = loads[name.name]?.reserved else { return true }
        var working = pool.starting.count + pool.busy.count + pool.finishing.count
        for (other, pool) in pools where other.name == name.name && other != name {
            working += pool.starting.count + pool.busy.count + pool.finishing.count
        }
        return working < reserved
    }

    /// An environment is ready for the first time, or done with its last job.
    mutating func freed(_ environment: Int) -> Freed {
        guard let (name, generation) = functionOf[environment], var pool = pools[name] else { return .retire }
        if pool.starting.remove(environment) != nil { startingCount -= 1 }
        pool.busy.remove(environment)
        pool.finishing.remove(environment)
        defer { pools[name] = pool }
        guard generation == pool.generation, !pool.isDeleted else {
            functionOf[environment] = nil
            return .retire
        }
        guard let job = pool.waiting.popFirst() else {
            pool.idle.append(environment)
            return .idle
        }
        pool.busy.insert(environment)
        return .run(job)
    }

    /// A job for an environment that could not be initialised, to be tried in the job's own time.
    mutating func claim(_ environment: Int) -> Job? {
        guard let name = functionOf[environment]?.name, var pool = pools[name] else { return nil }
        defer { pools[name] = pool }
        guard let job = pool.waiting.popFirst() else { return nil }
        if pool.starting.remove(environment) != nil { startingCount -= 1 }
        pool.busy.insert(environment)
        return job
    }

    mutating func ended(_ environment: Int) {
        guard let name = functionOf.removeValue(forKey: environment)?.name, var pool = pools[name] else { return }
        if pool.starting.remove(environment) != nil { startingCount -= 1 }
        pool.busy.remove(environment)
        pool.finishing.remove(environment)
        pool.idle.removeAll { $0 == environment }
        pools[name] = pool
    }

    // MARK: Functions

    /// The function's code or configuration changed.
    ///
    /// - Returns: the idle environments, which are out of date; those at work retire when they are done.
    mutating func changed(_ function: VersionName, isDeleted: Bool = false) -> [Int] {
        var pool = pools[function] ?? Pool()
        pool.generation += 1
        pool.isDeleted = isDeleted
        defer { pools[function] = pool }
        let idle = pool.idle
        pool.idle = []
        for environment in idle { functionOf[environment] = nil }
        return idle
    }

    /// Takes all jobs that wait, as when their function is deleted.
    mutating func takeWaiting(_ function: VersionName) -> [Job] {
        defer { pools[function]?.waiting = [] }
        return pools[function].map { Array($0.waiting) } ?? []
    }

    mutating func reserve(_ count: Int?, for function: String) {
        var load = loads[function] ?? Load()
        reservedTotal += (count ?? 0) - (load.reserved ?? 0)
        if load.reserved == nil, count != nil { inFlightUnreserved = max(inFlightUnreserved - load.inFlight, 0) }
        if load.reserved != nil, count == nil { inFlightUnreserved += load.inFlight }
        load.reserved = count
        loads[function] = load
    }

    var unreserved: Int { accountLimit - reservedTotal }

    /// The versions of a function that were ever asked for.
    func versions(of function: String) -> [VersionName] { pools.keys.filter { $0.name == function } }

    /// Takes an idle environment out, to end it; `false` when it got a job in the meantime.
    mutating func takeIdle(_ environment: Int) -> Bool {
        guard let name = functionOf[environment]?.name, let place = pools[name]?.idle.firstIndex(of: environment)
        else { return false }
        pools[name]?.idle.remove(at: place)
        functionOf[environment] = nil
        return true
    }
}
