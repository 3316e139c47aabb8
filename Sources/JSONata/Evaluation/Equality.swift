import JSON

enum Equality {
    static func areEqual(_ left: Value, _ right: Value) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.undefined, .undefined): true
        case (.bool(let left), .bool(let right)): left == right
        case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
        case (.number, _), (.exact, _):
            if let left = left.number, let right = right.number { left == right } else { false }
        case (.array, _), (.list, _): areEqualArrays(left, right)
        case (.object, _), (.record, _): areEqualObjects(left, right)
        case (.function(let left), .function(let right)): left === right
        default: false
        }
    }

    private static func areEqualArrays(_ left: Value, _ right: Value) -> Bool {
        guard let count = left.count, right.count == count else { return false }
        for place in 0..<count where !areEqual(left.element(place), right.element(place)) { return false }
        return true
    }

    private static func areEqualObjects(_ left: Value, _ right: Value) -> Bool {
        guard let keys = left.keys, right.keys?.count == keys.count else { return false }
        for key in keys {
            let other = right.member(key)
            guard !other.isUndefined, areEqual(left.member(key), other) else { return false }
        }
        return true
    }
}

extension Value {
    /// What counts as true: not empty, not zero, and for an array any of its elements.
    var isTrue: Bool {
        switch self {
        case .undefined, .null, .function, .tuple: false
        case .bool(let value): value
        case .number(let value): value != 0 && !value.isNaN
        case .exact(let value): value.fastDouble != 0
        case .string(let text): !text.isEmpty
        case .array(let values): values.contains { Value($0).isTrue }
        case .list(let list): list.items.contains(where: \.isTrue)
        case .object(let object): !object.isEmpty
        case .record(let record): !record.keys.isEmpty
        }
    }
}
