import AWSCore
import JSON

/// A change of one item as a request asks for it, parsed and checked as far as that needs no table.
struct ItemWrite: Sendable {
    enum Action: Sendable {
        case put(Item)
        case update(Update?)
        case delete
        case check
    }

    /// What the change does, now that the table is known.
    struct Plan: Sendable {
        var key: Key
        /// The item before.
        var old: Item?
        /// What is put; `nil` when there is no such item afterwards.
        var new: Item?
        var writes = true
    }

    /// What a change did.
    struct Outcome: Sendable {
        var plan: Plan
        var capacity: Capacity
        /// `nil` in tables without local indexes, where items of a partition are no collection.
        var collection: JSON?
    }

    let tableName: String
    let action: Action
    let request: OperationInput
    let keyItem: Item
    private let condition: Condition?

    enum Kind: Sendable {
        case put, update, delete, check
    }

    /// - Throws: `ValidationException`.
    init(_ kind: Kind, _ json: JSON, table: String? = nil) throws(ServiceError) {
        tableName = if let table { table } else { try Tables.name(json) }
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

    init(_ action: Action, key: Item, condition: Condition?, request: OperationInput, table: String) {
        self.action = action
        keyItem = key
        self.condition = condition
        self.request = request
        tableName = table
    }

    /// - Throws: `ConditionalCheckFailedException`, or `ValidationException` when it does not suit the table.
    func plan(_ table: Table, _ session: Session) throws(ServiceError) -> Plan {
        switch action {
        case .put(let item):
            let key = try table.schema.key(ofItem: item)
            try table.check(item, isUpdate: false)
            let old = try session.item(key, table)
            try request.check(condition, old)
            return Plan(key: key, old: old, new: item)
        case .delete, .check:
            let key = try table.schema.key(ofRequest: keyItem)
            let old = try session.item(key, table)
            try request.check(condition, old)
            guard case .check = action else { return Plan(key: key, old: old, new: nil) }
            return Plan(key: key, old: old, new: old, writes: false)
        case .update(let update): return try plan(update, table, session)
        }
    }

    private func plan(_ update: Update?, _ table: Table, _ session: Session) throws(ServiceError) -> Plan {
        let schema = table.schema
        let key = try schema.key(ofRequest: keyItem)
        for action in update?.actions ?? [] where schema.has(action.path.root) {
            throw .invalid("Cannot update attribute \(action.path.root). This attribute is part of the key")
        }
        let old = try session.item(key, table)
        try request.check(condition, old)
        let new = try update?.applied(to: old ?? keyItem) ?? old ?? keyItem
        if old == nil, update?.onlyRemoves == true { return Plan(key: key, writes: false) }
        try table.check(new, isUpdate: true)
        return Plan(key: key, old: old, new: new)
    }

    /// Does it, alone.
    func run(_ tables: Tables, _ call: CallContext) async throws(ServiceError) -> Outcome {
        let outcome = try await tables.write { session throws(ServiceError) in
            let table = try session.table(tableName)
            let plan = try self.plan(table, session)
            try session.apply(plan, table)
            return self.outcome(plan, table)
        }
        call.meter?.wrote(outcome.capacity, items: 1, key: keyItem.values.first)
        return outcome
    }

    func outcome(_ plan: Plan, _ table: Table) -> Outcome {
        Outcome(
            plan: plan, capacity: Capacity(table, plan.old, plan.new),
            collection: table.hasLocalIndexes ? table.collection(plan.key, keyItem) : nil)
    }

    /// What an operation on one item answers.
    func output(_ outcome: Outcome, attributes: Item?) -> JSON {
        var output = JSONObject()
        if let attributes { output["Attributes"] = attributes.json }
        if let capacity = request.consumed(outcome.capacity, tableName) { output["ConsumedCapacity"] = capacity }
        if request.wantsCollectionMetrics, let collection = outcome.collection {
            output["ItemCollectionMetrics"] = collection
        }
        return .object(output)
    }
}

extension Session {
    func apply(_ plan: ItemWrite.Plan, _ table: Table) throws(ServiceError) {
        guard plan.writes else { return }
        try replace(plan.key, plan.old, by: plan.new, in: table)
    }
}

extension Table {
    /// 400 KiB, names included.
    private static let largestItem = 400 * 1024

    /// - Throws: `ValidationException` when the item is too large or a key attribute of an index has another type.
    func check(_ item: Item, isUpdate: Bool) throws(ServiceError) {
        guard item.size <= Self.largestItem else {
            throw .validation("Item size \(isUpdate ? "to update " : "")has exceeded the maximum allowed size")
        }
        for index in indexes where index.status != .deleting {
            try check(item, index, index.schema.partition, 2048, isUpdate)
            if let sort = index.schema.sort { try check(item, index, sort, 1024, isUpdate) }
        }
    }

    private func check(
        _ item: Item, _ index: TableIndex, _ attribute: KeySchema.Attribute, _ limit: Int, _ isUpdate: Bool
    ) throws(ServiceError) {
        guard let value = item[attribute.name], !schema.has(attribute.name) else { return }
        guard value.kind == attribute.kind else {
            throw isUpdate
                ? .validation("The update expression attempted to update the secondary index key to unsupported type")
                : .invalid(
                    "Type mismatch for Index Key \(attribute.name) Expected: \(attribute.kind) Actual: \(value.kind) "
                        + "IndexName: \(index.name)")
        }
        let bytes = value.keyBytes
        guard !bytes.isEmpty else {
            throw .validation(
                "One or more parameter values are not valid. A value specified for a secondary index key is not supported. "
                    + "The AttributeValue for a key attribute cannot contain an empty "
                    + "\(value.kind == "S" ? "string" : "binary") value. IndexName: \(index.name), IndexKey: \(attribute.name)"
            )
        }
        guard attribute.kind == "N" || bytes.count <= limit else {
            throw .invalid(
                limit == 2048
                    ? "Size of hashkey has exceeded the maximum size limit of2048 bytes"
                    : "Aggregated size of all range keys has exceeded the size limit of 1024 bytes")
        }
    }

    /// What `ReturnItemCollectionMetrics` tells: items of a partition, which here are never near 10 GB.
    fileprivate func collection(_ key: Key, _ item: Item) -> JSON? {
        guard let value = item[schema.partition.name] else { return nil }
        var collection = JSONObject()
        collection[schema.partition.name] = value.json
        return ["ItemCollectionKey": .object(collection), "SizeEstimateRangeGB": [0, 1]]
    }
}
