import CNcurses
import Glibc
import Synchronization

/// The one thread that owns ncurses: sleeps on the keyboard and a wake pipe, and runs the jobs of its actor
/// and of the tasks that prefer it.
final class UIThread: SerialExecutor {
    /// Why the thread woke up.
    enum Wake {
        case keyboard
        /// No key came for as long as was asked for.
        case silence
        /// A job or a signal.
        case other
    }

    /// What runs here: the actor's own jobs, and those of tasks that prefer this thread.
    private enum Job {
        case own(UnownedJob)
        case preferring(UnownedJob, Tasks)
    }

    /// Runs tasks on the thread, between the keys: what a key leads to waits for no other thread.
    final class Tasks: TaskExecutor {
        private let thread: UIThread

        init(_ thread: UIThread) { self.thread = thread }

        func enqueue(_ job: consuming ExecutorJob) { thread.add(.preferring(UnownedJob(job), self)) }
    }

    private struct State {
        var jobs: [Job] = []
        var isWoken = false
        var thread: pthread_t?
        var keyboard: Int32 = -1
        /// When half an escape sequence has waited long enough for its other half, whatever else happens until then.
        var deadline: ContinuousClock.Instant?
        var handler: (@Sendable (Wake) -> Void)?
    }

    private let state = Mutex(State())
    private let reader: Int32
    let waker: Int32

    init() throws(TerminalError) {
        var ends: [Int32] = [-1, -1]
        guard unsafe cnc_pipe(&ends) == 0 else { throw .noPipe(errno: errno) }
        reader = ends[0]
        waker = ends[1]
        var thread = pthread_t()
        let context = unsafe Unmanaged.passRetained(self).toOpaque()
        let status = unsafe pthread_create(
            &thread, nil,
            { context in
                guard let context = unsafe context else { return nil }
                unsafe Unmanaged<UIThread>.fromOpaque(context).takeUnretainedValue().run()
            },
            context
        )
        guard status == 0 else { throw .noThread(errno: status) }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        add(.own(UnownedJob(job)))
    }

    private func add(_ job: Job) {
        let mustWake = state.withLock { state in
            state.jobs.append(job)
            defer { state.isWoken = true }
            return !state.isWoken
        }
        if mustWake { wake() }
    }

    func isIsolatingCurrentContext() -> Bool? {
        state.withLock { $0.thread }.map { pthread_equal($0, pthread_self()) != 0 }
    }

    func checkIsolated() {
        precondition(isIsolatingCurrentContext() == true, "not on the terminal's thread")
    }

    /// - Parameter handler: called on this thread when there are keys, a signal, or patience has run out.
    func watch(_ keyboard: Int32, handler: @escaping @Sendable (Wake) -> Void) {
        state.withLock {
            $0.keyboard = keyboard
            $0.handler = handler
        }
    }

    func stopWatching() {
        state.withLock { $0.keyboard = -1 }
    }

    /// - Parameter limit: after this time without a key the handler is told of the silence, once; `nil` for never.
    func wait(atMost limit: Duration?) {
        state.withLock { $0.deadline = limit.map { ContinuousClock.now + $0 } }
    }

    private func wake() {
        var byte: UInt8 = 1
        _ = unsafe write(waker, &byte, 1)
    }

    private func run() -> Never {
        cnc_guard_thread()
        state.withLock { $0.thread = pthread_self() }
        var scratch = [UInt8](repeating: 0, count: 256)
        while true {
            let (keyboard, deadline) = state.withLock { ($0.keyboard, $0.deadline) }
            let ready = cnc_wait(reader, keyboard, Self.milliseconds(until: deadline))
            if ready & 1 != 0 {
                _ = unsafe read(reader, &scratch, scratch.count)
                drain()
            }
            let isSilent = deadline.map { $0 <= .now } ?? false
            state.withLock { $0.handler }?(ready & 2 != 0 ? .keyboard : isSilent ? .silence : .other)
        }
    }

    /// - Returns: what `poll` takes: -1 for no limit.
    private static func milliseconds(until deadline: ContinuousClock.Instant?) -> Int32 {
        guard let deadline else { return -1 }
        return Int32(max((deadline - .now) / .milliseconds(1), 0).rounded(.up))
    }

    private func drain() {
        let jobs = state.withLock { state in
            defer {
                state.jobs.removeAll(keepingCapacity: true)
                state.isWoken = false
            }
            return state.jobs
        }
        for job in jobs {
            switch job {
            case .own(let job): unsafe job.runSynchronously(on: asUnownedSerialExecutor())
            case .preferring(let job, let tasks): unsafe job.runSynchronously(on: tasks.asUnownedTaskExecutor())
            }
        }
    }
}
