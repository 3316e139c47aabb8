import AWSCore
import JSON

/// A change of one item as a request asks for it, parsed and checked as far as that needs no table.
struct ItemWrite {
    enum Action {
        case put(Item)
        case update(Update?)
        case delete
        case check
    }

    /// What the change does, now that the table is known.
    struct Plan {
        var key: Key
        /// The item before; only where something depends on it.
        var old: Item?
        /// What is put; `nil` when there is no such item afterwards.
        var new: Item?
        var writes = true
    }

    let tableName: String
    let action: Action
    let request: OperationInput
    let keyItem: Item
    private let condition: Condition?

    enum Kind {
        case put, update, delete, check
    }

    /// - Throws: `ValidationException`.
    init(_ kind: Kind, _ json: JSON, table: String? = nil) throws(ServiceError) {
        tableName = if let table { table } else { try Database.name(json) }
        var request = try OperationInput(json)
        let update = kind == .update ? try request.update() : nil
        condition = try request.condition()
        if kind == .check, condition == nil { throw .missing("conditionExpression") }
        try request.names.checkAllUsed()
        self.request = request
        guard let source = json[kind == .put ? "Item" : "Key"] else { throw .missing(kind == .put ? "item" : "key") }
        keyItem = try Item(source)
        switch kind {
        case .put: action = .put(keyItem)
        case .update: action = .update(update)
        case .delete: action = .delete
        case .check: action = .check
        }
    }

    /// - Throws: `ConditionalCheckFailedException`, or `ValidationException` when it does not suit the table.
    func plan(_ table: borrowing Table) throws(ServiceError) -> Plan {
        switch action {
        case .put(let item):
            let key = try table.schema.key(ofItem: item)
            let old = condition == nil ? nil : table.storage[key]
            try request.check(condition, old)
            try table.check(item, isUpdate: false)
            return Plan(key: key, old: old, new: item)
        case .delete, .check:
            let key = try table.schema.key(ofRequest: keyItem)
            let old = table.storage[key]
            try request.check(condition, old)
            guard case .check = action else { return Plan(key: key, old: old, new: nil) }
            return Plan(key: key, old: old, new: old, writes: false)
        case .update(let update): return try plan(update, table)
        }
    }

    private func plan(_ update: Update?, _ table: borrowing Table) throws(ServiceError) -> Plan {
        let schema = table.schema
        let key = try schema.key(ofRequest: keyItem)
        for action in update?.actions ?? [] where schema.names.contains(action.path.root) {
            throw .validation(
                "One or more parameter values were invalid: Cannot update attribute \(action.path.root). This attribute is part "
                    + "of the key")
        }
        let old = table.storage[key]
        try request.check(condition, old)
        let new = try update?.applied(to: old ?? keyItem) ?? old ?? keyItem
        if old == nil, update?.onlyRemoves == true { return Plan(key: key, writes: false) }
        try table.check(new, isUpdate: true)
        return Plan(key: key, old: old, new: new)
    }
}

extension Table {
    /// - Returns: the item that was there.
    mutating func apply(_ plan: ItemWrite.Plan) -> Item? {
        guard plan.writes else { return plan.old }
        guard let new = plan.new else { return remove(plan.key) }
        return put(new, plan.key)
    }
}
