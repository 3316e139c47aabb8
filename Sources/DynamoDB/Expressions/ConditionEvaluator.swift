extension Condition {
    func holds(_ item: Item) -> Bool {
        switch self {
        case .compare(let comparison, let left, let right):
            Self.compare(comparison, left.value(in: item), right.value(in: item))
        case .between(let operand, let low, let high):
            Self.compare(.greaterOrEqual, operand.value(in: item), low.value(in: item))
                && Self.compare(.lessOrEqual, operand.value(in: item), high.value(in: item))
        case .isIn(let operand, let choices):
            choices.contains { Self.compare(.equal, operand.value(in: item), $0.value(in: item)) }
        case .exists(let path): path.value(in: item) != nil
        case .notExists(let path): path.value(in: item) == nil
        case .hasType(let path, let type):
            path.value(in: item).map { AttributeValue.string($0.kind) } == type.value(in: item)
        case .beginsWith(let whole, let prefix): Self.begins(whole.value(in: item), prefix.value(in: item))
        case .contains(let whole, let part): Self.contains(whole.value(in: item), part.value(in: item))
        case .and(let left, let right): left.holds(item) && right.holds(item)
        case .or(let left, let right): left.holds(item) || right.holds(item)
        case .not(let inner): !inner.holds(item)
        }
    }

    private static func compare(_ comparison: Comparison, _ left: AttributeValue?, _ right: AttributeValue?) -> Bool {
        guard let left, let right else { return comparison == .notEqual && (left != nil || right != nil) }
        switch comparison {
        case .equal: return left.equals(right)
        case .notEqual: return !left.equals(right)
        case .less: return left.isLess(than: right) ?? false
        case .greater: return right.isLess(than: left) ?? false
        case .lessOrEqual: return right.isLess(than: left).map { !$0 } ?? false
        case .greaterOrEqual: return left.isLess(than: right).map { !$0 } ?? false
        }
    }

    private static func begins(_ whole: AttributeValue?, _ prefix: AttributeValue?) -> Bool {
        switch (whole, prefix) {
        case (.string(let whole)?, .string(let prefix)?): whole.utf8.starts(with: prefix.utf8)
        case (.binary(let whole)?, .binary(let prefix)?): whole.starts(with: prefix)
        default: false
        }
    }

    private static func contains(_ whole: AttributeValue?, _ part: AttributeValue?) -> Bool {
        switch (whole, part) {
        case (.string(let whole)?, .string(let part)?): Self.finds(Array(part.utf8), in: Array(whole.utf8))
        case (.binary(let whole)?, .binary(let part)?): Self.finds(part, in: whole)
        case (.list(let values)?, let part?): values.contains { $0.equals(part) }
        case (.stringSet(let values)?, .string(let part)?):
            values.contains { $0.utf8.elementsEqual(part.utf8) }
        case (.numberSet(let values)?, .number(let part)?): values.contains(part)
        case (.binarySet(let values)?, .binary(let part)?): values.contains(part)
        default: false
        }
    }

    private static func finds(_ part: [UInt8], in whole: [UInt8]) -> Bool {
        guard part.count <= whole.count else { return false }
        return (0...(whole.count - part.count)).contains { whole[$0...].starts(with: part) }
    }
}

extension Operand {
    /// The value in a condition; `nil` when the path leads nowhere.
    func value(in item: Item) -> AttributeValue? {
        switch self {
        case .path(let path): path.value(in: item)
        case .value(let value): value
        case .size(let operand): operand.value(in: item).flatMap(Self.size)
        case .ifNotExists, .append, .plus, .minus: nil
        }
    }

    private static func size(_ value: AttributeValue) -> AttributeValue? {
        let count: Int? =
            switch value {
            case .string(let text): text.utf16.count
            case .binary(let bytes): bytes.count
            case .list(let values): values.count
            case .map(let item): item.count
            case .stringSet(let values): values.count
            case .numberSet(let values): values.count
            case .binarySet(let values): values.count
            case .number, .bool, .null: nil
            }
        return count.flatMap { try? .number(DynamoNumber(String($0))) }
    }
}
