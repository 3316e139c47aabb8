import Telemetry
import Terminal

/// The invocation of a function with an event of one's own: the event, whether it can be sent, what came of it.
struct InvokePanel: Hashable {
    var function: String
    var editor: EventEditor
    private(set) var validity: EventValidity
    private(set) var stage = Stage.editing
    /// Where the event comes from, for the title.
    var origin: String

    enum Stage: Hashable {
        case editing
        case sending(since: Timestamp)
        case done(InvokeOutcome)
    }

    /// What a key asks for beyond the panel itself.
    enum Act: Hashable {
        case close
        case send(String)
        case editElsewhere(String)
        case open(RequestID)
    }

    init(function: String, event: String, origin: String) {
        self.function = function
        self.origin = origin
        editor = EventEditor(event)
        validity = EventValidity(event)
    }

    mutating func press(_ key: Key) -> Act? {
        switch key {
        case .escape: return .close
        case .control("s"), .control("j"): return send()
        case .control("e"): return .editElsewhere(editor.text)
        case .enter where outcomeID != nil && isDone: return outcomeID.map(Act.open)
        default: if editor.press(key) { changed() }
        }
        return nil
    }

    private var isDone: Bool { if case .done = stage { true } else { false } }

    private var outcomeID: RequestID? {
        if case .done(let result) = stage { result.requestID } else { nil }
    }

    private func send() -> Act? {
        if case .sending = stage { return nil }
        return validity.canBeSent ? .send(editor.text) : nil
    }

    mutating func paste(_ text: String) {
        editor.paste(text)
        changed()
    }

    /// The text came back from the person's own editor.
    mutating func replace(_ text: String) {
        editor.replace(with: text)
        changed()
    }

    mutating func started(at time: Timestamp) { stage = .sending(since: time) }
    mutating func ended(_ result: InvokeOutcome) { stage = .done(result) }

    private mutating func changed() {
        validity = EventValidity(editor.text)
        if isDone { stage = .editing }
    }
}
