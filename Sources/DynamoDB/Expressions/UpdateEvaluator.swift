import AWSCore

extension Update {
    /// The item after the update; all values are taken from the item before it.
    ///
    /// - Throws: `ValidationException` as DynamoDB does.
    func applied(to old: Item) throws(ServiceError) -> Item {
        var new = old
        var removals: [DocumentPath] = []
        for (path, action) in actions {
            switch action {
            case .set(let operand):
                let value = try operand.updateValue(old)
                guard new.set(value, at: path) else { throw Self.noPath }
            case .remove: removals.append(path)
            case .add(let value):
                guard new.set(try Self.added(path.value(in: old), value), at: path) else { throw Self.noPath }
            case .delete(let value):
                guard let present = path.value(in: old) else { continue }
                guard new.set(try Self.deleted(present, value), at: path) else { throw Self.noPath }
            }
        }
        // Inner ones first and from the back, so that the indexes of a list stay true.
        for path in removals.sorted(by: Self.goesFirst) {
            guard path.holder.map({ $0.value(in: new) != nil }) ?? true else { throw Self.noPath }
            if path.value(in: new) != nil { _ = new.set(nil, at: path) }
        }
        return new
    }

    private static func goesFirst(_ left: DocumentPath, _ right: DocumentPath) -> Bool {
        guard left.steps.count == right.steps.count else { return left.steps.count > right.steps.count }
        return (left.lastIndex ?? .max) > (right.lastIndex ?? .max)
    }

    /// Whether it only takes away, so that it makes no new item.
    var onlyRemoves: Bool {
        !actions.isEmpty
            && actions.allSatisfy { _, action in
                switch action {
                case .remove, .delete: true
                case .set, .add: false
                }
            }
    }

    private static let noPath = ServiceError.validation(
        "The document path provided in the update expression is invalid for update")
    static let wrongType = ServiceError.validation("An operand in the update expression has an incorrect data type")

    private static func added(_ old: AttributeValue?, _ value: AttributeValue) throws(ServiceError) -> AttributeValue {
        switch (old, value) {
        case (nil, _): return value
        case (.number(let left)?, .number(let right)): return .number(try left.adding(right))
        case (.stringSet(let left)?, .stringSet(let right)): return .stringSet(union(left, right))
        case (.numberSet(let left)?, .numberSet(let right)): return .numberSet(union(left, right))
        case (.binarySet(let left)?, .binarySet(let right)): return .binarySet(union(left, right))
        // Only the parameters from before there were expressions can say this.
        case (.list(let left)?, .list(let right)): return .list(left + right)
        default: throw wrongType
        }
    }

    private static func union<Value: Hashable>(_ left: [Value], _ right: [Value]) -> [Value] {
        let known = Set(left)
        return left + right.filter { !known.contains($0) }
    }

    /// - Returns: `nil` when the set is empty then: the attribute goes.
    private static func deleted(_ old: AttributeValue, _ value: AttributeValue) throws(ServiceError) -> AttributeValue?
    {
        switch (old, value) {
        case (.stringSet(let left), .stringSet(let right)): return difference(left, right).map { .stringSet($0) }
        case (.numberSet(let left), .numberSet(let right)): return difference(left, right).map { .numberSet($0) }
        case (.binarySet(let left), .binarySet(let right)): return difference(left, right).map { .binarySet($0) }
        default: throw wrongType
        }
    }

    private static func difference<Value: Hashable>(_ left: [Value], _ right: [Value]) -> [Value]? {
        let gone = Set(right)
        let rest = left.filter { !gone.contains($0) }
        return rest.isEmpty ? nil : rest
    }
}

extension Operand {
    fileprivate func updateValue(_ item: Item) throws(ServiceError) -> AttributeValue {
        switch self {
        case .value(let value): return value
        case .path(let path):
            guard let value = path.value(in: item) else {
                throw .validation("The provided expression refers to an attribute that does not exist in the item")
            }
            return value
        case .ifNotExists(let path, let other):
            if let value = path.value(in: item) { return value }
            return try other.updateValue(item)
        case .append(let left, let right):
            guard case .list(let first) = try left.updateValue(item),
                case .list(let second) = try right.updateValue(item)
            else {
                throw Update.wrongType
            }
            return .list(first + second)
        case .plus(let left, let right): return .number(try left.number(item).adding(right.number(item)))
        case .minus(let left, let right): return .number(try left.number(item).subtracting(right.number(item)))
        case .size: throw Update.wrongType
        }
    }

    private func number(_ item: Item) throws(ServiceError) -> DynamoNumber {
        guard case .number(let number) = try updateValue(item) else { throw Update.wrongType }
        return number
    }
}
