import AWSCore
import JSON

extension PartiQLStatement {
    static let noKey = ServiceError.validation(
        "Where clause does not contain a mandatory equality on all key attributes")
    static let duplicate = ServiceError("DuplicateItemException", "Duplicate primary key exists in table")

    /// What the statement changes, as any other operation would.
    ///
    /// - Throws: `ValidationException` when it does not name the whole key.
    func write(_ table: Table, _ request: OperationInput) throws(ServiceError) -> ItemWrite {
        switch self {
        case .insert(let name, let item):
            let isNew = Condition.notExists(DocumentPath(root: table.schema.partition.name))
            return ItemWrite(.put(item), key: item, condition: isNew, request: request, table: name)
        case .update(let change, let update):
            let (key, rest) = try Self.key(change, table)
            let exists = Condition.exists(DocumentPath(root: table.schema.partition.name))
            return ItemWrite(
                .update(update), key: key, condition: rest.map { .and(exists, $0) } ?? exists, request: request,
                table: change.table)
        case .delete(let change):
            let (key, rest) = try Self.key(change, table)
            let holds = rest.map { Condition.or(.notExists(DocumentPath(root: table.schema.partition.name)), $0) }
            return ItemWrite(.delete, key: key, condition: holds, request: request, table: change.table)
        case .exists(let select):
            guard let (key, rest) = PartiQLKeys.key(select.condition, table.schema) else { throw Self.noKey }
            let exists = Condition.exists(DocumentPath(root: table.schema.partition.name))
            return ItemWrite(
                .check, key: key, condition: rest.map { .and(exists, $0) } ?? exists, request: request,
                table: select.table)
        case .select: throw .malformed("a SELECT changes nothing")
        }
    }

    private static func key(_ change: Change, _ table: Table) throws(ServiceError) -> (Item, Condition?) {
        guard let found = PartiQLKeys.key(change.condition, table.schema) else { throw noKey }
        return found
    }

    /// The attributes that a write gives back.
    func returned(_ write: ItemWrite, _ plan: ItemWrite.Plan) -> Item? {
        switch self {
        case .update(let change, _): write.attributes(change.returns, plan)
        case .delete(let change): change.returns == "ALL_OLD" ? plan.old : nil
        default: nil
        }
    }

    /// The error as the statement has it: an item that is there already is a duplicate.
    func problem(_ error: ServiceError) -> ServiceError {
        if case .insert = self, error.code == "ConditionalCheckFailedException" { Self.duplicate } else { error }
    }

    /// What a write did, and what it gives back.
    struct Written: Sendable {
        var outcome: ItemWrite.Outcome
        var item: Item?
    }

    /// Does a write, alone.
    func write(_ session: Session, _ request: OperationInput) throws(ServiceError) -> Written {
        let table = try session.table(table)
        let write = try write(table, request)
        do throws(ServiceError) {
            let plan = try write.plan(table, session)
            try session.apply(plan, table)
            return Written(outcome: write.outcome(plan, table), item: returned(write, plan))
        } catch {
            throw problem(error)
        }
    }
}
