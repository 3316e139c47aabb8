import JSON
import Telemetry
import TelemetryStore
package import Terminal

/// One item of a table: to read, copy, change and delete.
package struct ItemScreen: Sendable {
    let table: String
    /// In DynamoDB's JSON, as `GetItem` takes it.
    let key: JSON
    private(set) var item: JSONObject?
    private(set) var schema: TableSchema?
    /// What the endpoint answered when it was asked last.
    private(set) var failure: String?
    private(set) var pending: EndpointCall?
    private(set) var isGone = false
    /// DynamoDB's JSON is shown, with a type at each value.
    private(set) var showsTypes = false
    private(set) var tree: JSONTree?
    private(set) var editing: ItemEditor?
    private(set) var place = Rect(column: 0, row: 0, columns: 80, rows: 20)

    init(table: String, key: JSON) {
        self.table = table
        self.key = key
    }

    var get: EndpointCall {
        EndpointCall(
            service: "dynamodb", operation: "GetItem",
            input: ["TableName": .string(table), "Key": key, "ConsistentRead": true], isObserving: true)
    }

    /// Reads it once; later with a key.
    mutating func begin(_ description: JSON?) -> [Effect] {
        schema = description.flatMap { TableSchema($0) } ?? schema
        return item == nil && failure == nil && !isGone && pending == nil ? reload() : []
    }

    mutating func reload() -> [Effect] {
        (pending, failure) = (get, nil)
        return [.call(get)]
    }

    mutating func take(_ outcome: EndpointOutcome) -> [Effect] {
        guard outcome.call == pending else { return [] }
        pending = nil
        if let failure = outcome.failure {
            self.failure = failure
            return [.notice(failure)]
        }
        switch outcome.call.operation {
        case "GetItem":
            item = outcome.output["Item"]?.object
            isGone = item == nil
            plant()
            return []
        case "PutItem":
            editing = nil
            return [.notice("put")] + reload()
        default:
            (item, tree, isGone) = (nil, nil, true)
            return [.back, .notice("deleted")]
        }
    }

    private mutating func plant() {
        guard let item else { return tree = nil }
        let shown = showsTypes ? .object(Attribute.masked(item)) : Secrets.masked(Attribute.plain(item))
        let cursor = tree?.cursor
        tree = JSONTree(shown, expandedTo: item.count <= 100 ? 4 : 2)
        if let cursor, let count = tree?.rowCount {
            tree?.cursor = cursor
            tree?.cursor.clamp(count: count)
        }
    }

    mutating func toggleTypes() {
        showsTypes.toggle()
        plant()
    }

    mutating func move(by step: Int) {
        if let count = tree?.rowCount { tree?.cursor.move(by: step, count: count) }
    }

    mutating func toggleSelected() { tree?.toggleSelected() }

    package mutating func lay(out rect: Rect) {
        place = rect
        reveal()
    }

    private mutating func reveal() {
        let rows = editorPlace.rows
        editing?.reveal(rows: rows)
    }

    var editorPlace: Rect {
        let inside = Pane.inside(body)
        return Rect(column: inside.column, row: inside.row, columns: inside.columns, rows: max(inside.rows - 1, 1))
    }

    var head: Rect { place.splitRows(.fixed(place.rows >= 12 ? 4 : 0), .share())[0] }
    var body: Rect { place.splitRows(.fixed(place.rows >= 12 ? 4 : 0), .share())[1] }

    // MARK: Changing

    /// Sets and binaries look like something else in plain JSON: then the types stay.
    mutating func edit() -> [Effect] {
        guard let item else { return [.notice("there is no item to change")] }
        let isTyped = showsTypes || !Attribute.isPlain(item)
        let text = isTyped ? JSON.object(item).prettyText : Attribute.plain(item).prettyText
        guard text.utf8.count <= EventEditor.byteLimit else { return [.notice("the item is too big to change here")] }
        editing = ItemEditor(text, isTyped: isTyped)
        reveal()
        return []
    }

    mutating func press(_ key: Key) -> [Effect]? {
        guard editing != nil else { return nil }
        switch key {
        case .control("c"), .control("p"), .control("z"): return nil
        case .escape:
            editing = nil
            return []
        case .control("s"), .control("j"): return put()
        case .control("e"): return (editing?.text).map { [.edit($0)] } ?? []
        default: editing?.press(key)
        }
        reveal()
        return []
    }

    package mutating func paste(_ text: String) {
        editing?.paste(text)
        reveal()
    }

    package mutating func edited(_ text: String) { editing?.replace(text) }

    private mutating func put() -> [Effect] {
        guard let new = editing?.item else { return [.notice("this is no item yet")] }
        let call = EndpointCall(
            service: "dynamodb", operation: "PutItem", input: ["TableName": .string(table), "Item": .object(new)])
        pending = call
        guard let schema, let changed = schema.key(of: new), .object(changed) != self.key else {
            return [.ask("Put the changed item into \(table)?", then: .call(call))]
        }
        return [.ask("The key is another one: put a second item into \(table)?", then: .call(call))]
    }

    mutating func delete() -> [Effect] {
        guard item != nil else { return [.notice("there is no item to delete")] }
        let call = EndpointCall(
            service: "dynamodb", operation: "DeleteItem", input: ["TableName": .string(table), "Key": key])
        pending = call
        return [.ask("Delete \(ItemKey.text(key)) from \(table)?", then: .call(call))]
    }
}

/// An item's key in words.
enum ItemKey {
    /// `o-1842`, `u-7 · 2026-11-28`
    static func text(_ key: JSON) -> String {
        (key.object ?? JSONObject()).map { Text.cut(Attribute.text($0.1), to: 40) }.joined(separator: " · ")
    }
}

/// The text of an item while it is changed.
struct ItemEditor: Sendable {
    private(set) var editor: EventEditor
    private(set) var validity: EventValidity
    private(set) var top = 0
    /// It is DynamoDB's JSON, and not plain JSON.
    let isTyped: Bool

    init(_ text: String, isTyped: Bool) {
        editor = EventEditor(text)
        validity = EventValidity(text)
        self.isTyped = isTyped
    }

    var text: String { editor.text }

    /// `nil` while it is none.
    var item: JSONObject? {
        guard let object = (try? JSON(parsing: text))?.object else { return nil }
        return isTyped ? object : Attribute.typed(object)
    }

    mutating func press(_ key: Key) {
        if editor.press(key) { validity = EventValidity(text) }
    }

    mutating func paste(_ text: String) {
        editor.paste(text)
        validity = EventValidity(self.text)
    }

    mutating func replace(_ text: String) {
        editor.replace(with: text)
        validity = EventValidity(self.text)
    }

    mutating func reveal(rows: Int) { top = editor.top(after: top, rows: rows) }
}
