import JSON
import Telemetry

/// One line of control: the execution itself, a branch of a Parallel, or an iteration of a Map.
struct Strand: Sendable {
    let flow: StateFlow
    /// The state that it is in, in ``flow``.
    var place: Int
    /// The state's input as it came.
    var input: Payload
    /// What the next event follows.
    var last = 0
    var enteredID = 0
    var enteredPrevious = 0
    var entered = Timestamp(microseconds: 0)
    var variables: [String: JSON]
    /// `$$.Map` of the innermost iteration.
    var map: JSON?
    /// The Parallel or Map state that it belongs to, and its place there.
    var container: Int?
    var placeInContainer = 0
    /// Attempts used up, by retrier.
    var attempts: [Int] = []
    var retryCount = 0
    var phase = Phase.entering
    /// Of the distributed Map that it runs, so that a redrive goes on with it.
    var mapRunARN: String?
    /// Counts the uses of this slot, so that what waits for an earlier one finds nobody.
    var generation = 0

    var state: StateDefinition { flow.states[place] }

    enum Phase: Sendable {
        /// The state is to be entered.
        case entering
        /// The state was entered, and is to be tried (again).
        case attempting
        case waiting(timer: Int)
        case retrying(timer: Int)
        case task(TaskRun)
        case container(Int)
        case mapRun(task: Int)
        /// Stopped with the execution; a redrive enters the state again, or only tries it again.
        case halted(isEntered: Bool)
        /// The slot is not in use.
        case gone
    }
}

struct TaskRun: Sendable {
    var id: Int
    var isStarted = false
    var timeoutTimer: Int?
    var heartbeatTimer: Int?
    /// Seconds.
    var heartbeat: Int?
}

/// The children of a Parallel or Map state.
struct Container: Sendable {
    var owner: Int
    var isMap: Bool
    /// By place; `null` until it is there.
    var results: [JSON]
    var remaining: Int
    /// The strands by place; `nil` before and after they run.
    var children: [Int?]
    var running = 0
    var next = 0
    /// Of the Map.
    var items: [JSON] = []
    /// The effective input, for the item selector.
    var effective = JSON.null
    /// How many may run at once.
    var limit = Int.max
    /// What the next iteration's first event follows.
    var last = 0
}

/// What a timer is for.
enum TimerUse: Sendable {
    /// A Wait state or the pause before a retry.
    case strand(Int)
    case timeout(Int)
    case heartbeat(Int)
    case machine
}

/// Strands that can go on, first come first served.
struct ReadyQueue: Sendable {
    private var entries: [(strand: Int, generation: Int)] = []
    private var head = 0

    var isEmpty: Bool { head == entries.count }

    mutating func append(_ strand: Int, _ generation: Int) { entries.append((strand, generation)) }

    mutating func next() -> (strand: Int, generation: Int)? {
        guard head < entries.count else { return nil }
        defer {
            head += 1
            if head == entries.count {
                entries.removeAll(keepingCapacity: head <= 1024)
                head = 0
            }
        }
        return entries[head]
    }

    mutating func clear() {
        entries = []
        head = 0
    }
}
