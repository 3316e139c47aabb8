import CProcess
import Glibc

/// Waits for processes to end.
enum ProcessWatcher {
    /// Calls `action`, on another thread, when the process, a child of this one, has ended; it is reaped by then.
    static func watch(_ process: pid_t, action: @escaping @Sendable (ProcessExit) -> Void) {
        let descriptor = cp_watch(process)
        guard descriptor >= 0 else {
            action(reap(process) ?? .unknown)
            return
        }
        DescriptorWatcher.shared.add(descriptor) { token in
            let exit = reap(process) ?? .unknown
            DescriptorWatcher.shared.remove(descriptor, token)
            close(descriptor)
            action(exit)
        }
    }

    private static func reap(_ process: pid_t) -> ProcessExit? {
        var status: Int32 = 0
        return cp_reap(process, &status) == 0 ? ProcessExit(waitStatus: status) : nil
    }
}
