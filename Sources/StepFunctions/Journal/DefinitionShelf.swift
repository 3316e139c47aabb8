import JSON
import StatesLanguage
import Synchronization

/// Definitions by a short key: a thousand executions of a machine have one text and one tree between them.
final class DefinitionShelf: Sendable {
    private let state = Mutex<[String: (text: String, definition: StateMachineDefinition)]>([:])
    private let journal: any ExecutionJournal

    init(journal: any ExecutionJournal) { self.journal = journal }

    /// The definition's key; it is written down when it is new.
    func key(_ text: String, _ definition: StateMachineDefinition) -> String {
        let key = "\(StableID(of: text).text)-\(text.utf8.count)"
        let isNew = state.withLock { state in
            if state[key] != nil { return false }
            state[key] = (text, definition)
            return true
        }
        if isNew { journal.save(.definition, key, ["key": .string(key), "text": .string(text)]) }
        return key
    }

    func get(_ key: String) -> (text: String, definition: StateMachineDefinition)? { state.withLock { $0[key] } }

    /// Reads what was written down.
    func restore() async {
        for record in await journal.records(.definition) {
            guard let key = record["key"]?.string, let text = record["text"]?.string,
                let json = try? JSON(parsing: text)
            else { continue }
            state.withLock { $0[key] = (text, StateMachineDefinition(json)) }
        }
    }
}
