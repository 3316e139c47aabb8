import CProcess
import Glibc
import NIOPosix
import Synchronization

/// Waits for processes to end, on one thread for all.
final class ProcessWatcher: Sendable {
    static let shared = ProcessWatcher()

    private struct Watched {
        let process: pid_t
        let action: @Sendable (ProcessExit) -> Void
    }

    private struct State {
        var watched: [Int32: Watched] = [:]
        var isRunning = false
    }

    private let state = Mutex(State())
    private let pool = NIOThreadPool(numberOfThreads: 1)
    private let wakeEnds: (read: Int32, write: Int32)

    private init() {
        var read: Int32 = -1
        var write: Int32 = -1
        _ = cp_pipe(&read, &write)
        wakeEnds = (read, write)
    }

    /// Calls `action` when the process, a child of this one, has ended; it is reaped by then.
    func watch(_ process: pid_t, action: @escaping @Sendable (ProcessExit) -> Void) {
        let descriptor = cp_watch(process)
        guard descriptor >= 0 else {
            action(Self.reap(process) ?? .unknown)
            return
        }
        let isFirst = state.withLock { state in
            state.watched[descriptor] = Watched(process: process, action: action)
            defer { state.isRunning = true }
            return !state.isRunning
        }
        guard !isFirst else {
            pool.start()
            pool.submit { _ in self.run() }
            return
        }
        var byte: UInt8 = 1
        _ = write(wakeEnds.write, &byte, 1)
    }

    private func run() {
        while true {
            var descriptors = [pollfd(fd: wakeEnds.read, events: Int16(POLLIN), revents: 0)]
            descriptors += state.withLock { state in
                state.watched.keys.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            }
            guard poll(&descriptors, nfds_t(descriptors.count), -1) > 0 else { continue }
            if descriptors[0].revents != 0 {
                var bytes = [UInt8](repeating: 0, count: 64)
                _ = read(wakeEnds.read, &bytes, bytes.count)
            }
            for descriptor in descriptors.dropFirst() where descriptor.revents != 0 { ended(descriptor.fd) }
        }
    }

    private func ended(_ descriptor: Int32) {
        guard let watched = state.withLock({ $0.watched.removeValue(forKey: descriptor) }) else { return }
        close(descriptor)
        watched.action(Self.reap(watched.process) ?? .unknown)
    }

    private static func reap(_ process: pid_t) -> ProcessExit? {
        var status: Int32 = 0
        return cp_reap(process, &status) == 0 ? ProcessExit(waitStatus: status) : nil
    }
}
