import TelemetryStore
import Terminal

/// The field where the log's filter is written; what is typed applies as it is typed.
struct FilterBar: Hashable {
    var field: TextField
    private(set) var isEditing = false
    /// The last filter that was understood; it keeps the list while the text is not.
    private(set) var applied: LogFilter
    private(set) var problem: LogFilterError?
    private(set) var history = FilterHistory()
    /// What Tab offers, and which of it is in the field.
    private(set) var completions: [String] = []
    private var completion = 0
    private var beforeCompletion: String?
    private var beforeEditing = ""

    init(_ text: String = "") {
        field = TextField(text)
        applied = LogFilter()
        apply()
    }

    var text: String { field.text }

    mutating func beginEditing() {
        isEditing = true
        beforeEditing = field.text
    }

    /// Leaves the field; the text stays.
    mutating func endEditing() {
        isEditing = false
        completions = []
        history.remember(applied.source)
    }

    mutating func set(_ text: String) {
        history.remember(applied.source)
        put(text)
        history.remember(text)
    }

    /// Adds a term in the place of those with the same key: one function, one request, one level at a time.
    mutating func add(_ term: String) {
        let key = term.prefix { $0 != ":" && $0 != ">" }
        let isPlain = !field.text.contains { "\"{[(/".contains($0) }
        let words = field.text.split(separator: " ").filter { !(isPlain && $0.hasPrefix(key) && !term.hasPrefix("-")) }
        set((words.map { String($0) } + [term]).joined(separator: " "))
    }

    /// - Returns: whether the key meant something in the field.
    mutating func press(_ key: Key, functions: [String]) -> Bool {
        switch key {
        case .enter: endEditing()
        case .escape: cancel()
        case .tab: complete(1, functions)
        case .backTab: complete(-1, functions)
        case .up: history.older(than: field.text).map { put($0) }
        case .down: history.newer().map { put($0) }
        default: return edit(key)
        }
        return true
    }

    mutating func paste(_ text: String) {
        field.paste(text)
        changed()
    }

    private mutating func edit(_ key: Key) -> Bool {
        guard field.press(key) else { return false }
        changed()
        return true
    }

    /// The first Escape takes back what was typed.
    private mutating func cancel() {
        if field.text != beforeEditing { put(beforeEditing) }
        endEditing()
    }

    private mutating func changed() {
        completions = []
        beforeCompletion = nil
        apply()
    }

    private mutating func put(_ text: String) {
        field = TextField(text)
        changed()
    }

    private mutating func complete(_ step: Int, _ functions: [String]) {
        if beforeCompletion == nil {
            completions = FilterCompletion.words(for: field.text, functions: functions)
            completion = step > 0 ? -1 : 0
            beforeCompletion = field.text
        }
        guard !completions.isEmpty, let start = beforeCompletion else {
            beforeCompletion = nil
            return
        }
        completion = (completion + step + completions.count) % completions.count
        field = TextField(FilterCompletion.complete(start, with: completions[completion]))
        apply()
        if completions.count == 1 { beforeCompletion = nil }
    }

    private mutating func apply() {
        do throws(LogFilterError) {
            applied = try LogFilter(parsing: field.text)
            problem = nil
        } catch {
            problem = error
        }
    }
}

extension LogFilter {
    /// The filter with a term that is known to be one.
    func narrowed(_ term: String) -> LogFilter { (try? adding(term)) ?? self }
}
