import JSON
import Synchronization
import Telemetry

/// What Lambda authorizers answered, for as long as they may be believed.
final class VerdictCache: Sendable {
    struct Key: Hashable, Sendable {
        var api: String
        var stage: String
        var authorizer: String
        /// The values of the identity sources, and the route where that is part of it.
        var identity: [String]
    }

    private struct Entry: Sendable {
        var answer: JSON
        var expiry: Timestamp
    }

    private let entries = Mutex<[Key: Entry]>([:])
    private static let most = 10_000

    func answer(_ key: Key, at now: Timestamp) -> JSON? {
        entries.withLock { entries in
            guard let entry = entries[key] else { return nil }
            guard entry.expiry > now else {
                entries[key] = nil
                return nil
            }
            return entry.answer
        }
    }

    func keep(_ answer: JSON, _ key: Key, until expiry: Timestamp, now: Timestamp) {
        entries.withLock { entries in
            if entries.count >= Self.most { entries = entries.filter { $0.value.expiry > now } }
            if entries.count >= Self.most { entries.removeAll() }
            entries[key] = Entry(answer: answer, expiry: expiry)
        }
    }

    func forget(api: String, stage: String? = nil) {
        entries.withLock { entries in
            entries = entries.filter { $0.key.api != api || (stage != nil && $0.key.stage != stage) }
        }
    }
}
