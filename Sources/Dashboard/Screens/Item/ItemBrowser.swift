import JSON
import Telemetry
import Terminal

/// The items of a table, a page at a time: only the page that is shown is kept, and the keys that lead back.
struct ItemBrowser: Sendable {
    let table: String
    private(set) var schema: TableSchema?
    var query = ItemQuery()
    private(set) var items: [JSONObject] = []
    private(set) var columns: [ItemColumn] = []
    var cursor = ListCursor()
    /// The first column, beside the keys, that is shown.
    private(set) var shift = 0
    /// Behind which key each page begins that was gone through; the last one is shown.
    private(set) var starts: [JSON?] = [nil]
    private(set) var next: JSON?
    private(set) var scanned = 0
    private(set) var duration: Microseconds?
    /// What the endpoint answered, or what is wrong with a condition.
    private(set) var failure: String?
    /// The call that is waited for.
    private(set) var pending: EndpointCall?
    /// What the pending page will be.
    private var pendingStarts: [JSON?] = [nil]
    private(set) var form: ItemForm?

    /// Beyond this the first pages are only found from the start again.
    private static let mostStarts = 10_000

    init(table: String) { self.table = table }

    // MARK: Asking

    /// The first call; later ones follow from what it answers.
    mutating func begin(_ description: JSON) -> [Effect] {
        guard schema == nil, pending == nil, failure == nil else { return [] }
        if let known = TableSchema(description) { return begin(known) }
        let call = EndpointCall(
            service: "dynamodb", operation: "DescribeTable", input: ["TableName": .string(table)], isObserving: true)
        pending = call
        return [.call(call)]
    }

    private mutating func begin(_ known: TableSchema) -> [Effect] {
        schema = known
        schema?.name = table
        return load([nil])
    }

    mutating func load(_ starts: [JSON?]) -> [Effect] {
        guard let schema else { return [] }
        do throws(ConditionProblem) {
            let call = try query.call(schema, after: starts.last ?? nil)
            (pending, pendingStarts, failure) = (call, starts, nil)
            return [.call(call)]
        } catch {
            failure = error.text
            return []
        }
    }

    mutating func reload() -> [Effect] {
        guard schema != nil else {
            failure = nil
            return begin(.null)
        }
        return load(starts)
    }

    mutating func nextPage() -> [Effect] {
        guard let next else { return [.notice("this is the last page")] }
        guard pending == nil else { return [] }
        return load(Array((starts + [next]).suffix(Self.mostStarts)))
    }

    mutating func previousPage() -> [Effect] {
        guard starts.count > 1 else { return [.notice("this is the first page")] }
        guard pending == nil else { return [] }
        return load(starts.dropLast())
    }

    mutating func firstPage() -> [Effect] { load([nil]) }

    mutating func look(in index: String?) -> [Effect] {
        guard query.index != index else { return [] }
        query = ItemQuery(index: index, filter: query.filter)
        return load([nil])
    }

    mutating func nextIndex() -> [Effect] {
        guard let schema, !schema.indexes.isEmpty else { return [.notice("the table has no indexes")] }
        let all = [nil] + schema.indexes.map(\.name)
        let place = all.firstIndex(of: query.index) ?? 0
        return look(in: all[(place + 1) % all.count])
    }

    // MARK: Answers

    mutating func take(_ outcome: EndpointOutcome) -> [Effect] {
        if outcome.call == pending { return takeAnswer(outcome) }
        // An item of the page was put or deleted.
        let changes = ["PutItem", "DeleteItem", "UpdateItem"]
        guard outcome.failure == nil, changes.contains(outcome.call.operation),
            outcome.call.input["TableName"]?.string == table
        else { return [] }
        return load(starts)
    }

    private mutating func takeAnswer(_ outcome: EndpointOutcome) -> [Effect] {
        pending = nil
        duration = outcome.duration
        guard outcome.failure == nil else {
            failure = outcome.failure
            return []
        }
        guard outcome.call.operation != "DescribeTable" else {
            guard let known = TableSchema(outcome.output) else {
                failure = "the endpoint describes no keys of \(table)"
                return []
            }
            return begin(known)
        }
        take(page: outcome.output)
        return []
    }

    private mutating func take(page: JSON) {
        let isOther = starts != pendingStarts
        let selected = selectedKey
        starts = pendingStarts
        items = (page["Items"]?.array ?? []).compactMap(\.object)
        next = page["LastEvaluatedKey"]
        scanned = page["ScannedCount"]?.int ?? items.count
        columns = schema.map { ItemColumn.columns(of: items, $0, query.keys($0)) } ?? []
        if isOther { cursor = ListCursor() }
        // A page that is loaded again keeps its item.
        if !isOther, let schema, let place = items.firstIndex(where: { schema.key(of: $0) == selected }) {
            cursor.index = place
        }
        cursor.clamp(count: items.count)
        shift = min(shift, max(columns.count - 1, 0))
    }

    // MARK: Moving

    var selectedItem: JSONObject? { items.indices.contains(cursor.index) ? items[cursor.index] : nil }

    var selectedKey: JSONObject? { selectedItem.flatMap { schema?.key(of: $0) } }

    /// Leaving the page at its end leads to the next one, and at its beginning to the one before.
    mutating func move(by step: Int) -> [Effect] {
        let isFar = abs(step) >= 1_000_000
        if step > 0, cursor.index >= items.count - 1, next != nil, !isFar { return nextPage() }
        if step < 0, cursor.index == 0, starts.count > 1 { return isFar ? firstPage() : previousPage() }
        cursor.move(by: step, count: items.count)
        return []
    }

    mutating func shift(by step: Int) {
        let others = columns.count(where: { !$0.isKey })
        shift = min(max(shift + step, 0), max(others - 1, 0))
    }

    // MARK: The form

    mutating func openForm() {
        guard let schema else { return }
        form = ItemForm(query, schema)
    }

    /// - Returns: `nil` when no form is open.
    mutating func press(_ key: Key) -> [Effect]? {
        guard var open = form else { return nil }
        switch open.press(key) {
        case .stays: form = open
        case .closes: form = nil
        case .runs:
            form = nil
            query = open.query
            return load([nil])
        }
        return []
    }

    mutating func paste(_ text: String) { form?.paste(text) }

    mutating func clear() -> [Effect] {
        query = ItemQuery(index: query.index)
        return load([nil])
    }

    var isFiltered: Bool { query != ItemQuery(index: query.index, isDescending: query.isDescending) }
}
