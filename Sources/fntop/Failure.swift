import ArgumentParser

/// How the program ends, as the manual says.
enum ExitStatus: Int32, CaseIterable {
    case done = 0
    case failed = 1
    case wrongUsage = 2
    case unreachable = 3
    case interrupted = 130

    var meaning: String {
        switch self {
        case .done: "done"
        case .failed: "the operation failed (a function error)"
        case .wrongUsage: "wrong usage"
        case .unreachable: "the endpoint cannot be reached"
        case .interrupted: "interrupted"
        }
    }
}

/// Why a command could not do its work, in words for a person: what happened, to what, and what to do.
struct Failure: Error {
    let status: ExitStatus
    let message: String

    init(_ message: String, status: ExitStatus = .failed) {
        self.message = message
        self.status = status
    }
}
