/// A statement, parsed, with its parameters in place.
enum PartiQLStatement: Sendable {
    case select(Select)
    case insert(table: String, item: Item)
    case update(Change, Update)
    case delete(Change)
    /// In a transaction: `EXISTS (SELECT …)`.
    case exists(Select)

    struct Select: Sendable {
        var table: String
        var index: String?
        /// `nil` for all.
        var paths: [DocumentPath]?
        var condition: Condition?
        /// The attribute to order by, and whether downwards.
        var order: (name: String, isDescending: Bool)?
    }

    struct Change: Sendable {
        var table: String
        var condition: Condition?
        /// `ALL_OLD`, `UPDATED_NEW`, …
        var returns = "NONE"
    }

    var table: String {
        switch self {
        case .select(let select), .exists(let select): select.table
        case .insert(let table, _): table
        case .update(let change, _), .delete(let change): change.table
        }
    }

    var isRead: Bool {
        if case .select = self { true } else { false }
    }
}
