import AWSCore
import DequeModule
import JSON
import Synchronization
import Telemetry

struct Activity: Sendable {
    var arn: String
    var name: String
    var created: Timestamp
    var number: Int
    var encryption: JSON?
    var tags = Tags()
}

/// Activities, and between their workers and the executions: who waits for whom.
final class Activities: Sendable {
    private let state = Mutex(State())
    private let journal: any ExecutionJournal
    private let quota: Int

    fileprivate struct State {
        var all: [String: Activity] = [:]
        var next = 1
        var tasks: [String: Deque<ActivityTask>] = [:]
        var workers: [String: Deque<Worker>] = [:]
        var nextWorker = 1
    }

    struct Worker: Sendable {
        var number: Int
        var name: String?
        var continuation: CheckedContinuation<ActivityTask?, Never>
    }

    init(journal: any ExecutionJournal, quota: Int) {
        self.journal = journal
        self.quota = quota
    }

    subscript(arn: String) -> Activity? { state.withLock { $0.all[arn] } }

    var list: [Activity] { state.withLock { $0.all.values.sorted { $0.number < $1.number } } }

    /// - Returns: the activity of that ARN: a new one or the one that is there already.
    /// - Throws: `ActivityLimitExceeded`.
    func insert(_ activity: Activity) throws(ServiceError) -> Activity {
        let (found, isNew) = state.withLock { state -> (Activity?, Bool) in
            if let known = state.all[activity.arn] { return (known, false) }
            guard state.all.count < quota else { return (nil, false) }
            var activity = activity
            activity.number = state.next
            state.next += 1
            state.all[activity.arn] = activity
            return (activity, true)
        }
        guard let result = found else {
            throw ServiceError("ActivityLimitExceeded", "Activity Limit Exceeded: '\(quota)'")
        }
        if isNew { journal.save(.activity, activity.arn, result.json) }
        return result
    }

    func restore(_ activity: Activity) {
        state.withLock { state in
            state.all[activity.arn] = activity
            state.next = max(state.next, activity.number + 1)
        }
    }

    func update(_ arn: String, _ change: (inout Activity) throws(ServiceError) -> Void) throws(ServiceError) {
        let result: Result<Activity, ServiceError> = state.withLock { state in
            guard var activity = state.all[arn] else { return .failure(.noResource) }
            do throws(ServiceError) { try change(&activity) } catch { return .failure(error) }
            state.all[arn] = activity
            return .success(activity)
        }
        journal.save(.activity, arn, try result.get().json)
    }

    func remove(_ arn: String) {
        let workers = state.withLock { state -> Deque<Worker> in
            state.all[arn] = nil
            return state.workers.removeValue(forKey: arn) ?? []
        }
        journal.save(.activity, arn, nil)
        for worker in workers { worker.continuation.resume(returning: nil) }
    }

    // MARK: Tasks

    /// Gives a task to the worker that waits longest, or keeps it for the next one that asks.
    func offer(_ task: ActivityTask, to arn: String) {
        let worker = state.withLock { state -> Worker? in
            if let worker = state.workers[arn]?.popFirst() { return worker }
            state.tasks[arn, default: []].append(task)
            return nil
        }
        guard let worker else { return }
        task.started(worker.name)
        worker.continuation.resume(returning: task)
    }

    func withdraw(_ token: String, of arn: String) {
        state.withLock { $0.tasks[arn]?.removeAll { $0.token == token } }
    }

    /// The next task of an activity; `nil` when none came in time.
    func next(_ arn: String, worker: String?, clock: any StatesClock, patience: Microseconds) async -> ActivityTask? {
        let number = state.withLock { state in
            defer { state.nextWorker += 1 }
            return state.nextWorker
        }
        let cancel = clock.schedule(at: clock.now() + patience) { [weak self] in self?.release(number, of: arn) }
        defer { cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                wait(arn, Worker(number: number, name: worker, continuation: continuation))
            }
        } onCancel: {
            release(number, of: arn)
        }
    }

    private func wait(_ arn: String, _ worker: Worker) {
        let isCancelled = Task.isCancelled
        let task = state.withLock { state -> ActivityTask? in
            if let task = state.tasks[arn]?.popFirst() { return task }
            if !isCancelled { state.workers[arn, default: []].append(worker) }
            return nil
        }
        if let task {
            task.started(worker.name)
            worker.continuation.resume(returning: task)
        } else if isCancelled {
            worker.continuation.resume(returning: nil)
        }
    }

    /// Lets a worker go with nothing.
    private func release(_ number: Int, of arn: String) {
        let worker = state.withLock { state -> Worker? in
            guard let place = state.workers[arn]?.firstIndex(where: { $0.number == number }) else { return nil }
            return state.workers[arn]?.remove(at: place)
        }
        worker?.continuation.resume(returning: nil)
    }
}
