import JSON

/// An operator between two values of a filter.
enum PathComparison: String, Hashable, Sendable, CaseIterable {
    case identical = "==="
    case notIdentical = "!=="
    case equal = "=="
    case notEqual = "!="
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case less = "<"
    case greater = ">"
    case `in`, nin, subsetof, anyof, noneof, contains, all, size, empty

    /// - Parameter right: `nil`, like `left`, where its path leads nowhere.
    func holds(_ left: JSON?, _ right: JSON?) -> Bool {
        switch self {
        case .notEqual: return !PathComparison.equal.holds(left, right)
        case .notIdentical: return !PathComparison.identical.holds(left, right)
        case .nin: return !PathComparison.in.holds(left, right)
        default: break
        }
        guard let left, let right else { return false }
        return holds(left, right)
    }

    private func holds(_ left: JSON, _ right: JSON) -> Bool {
        switch self {
        case .identical: left.isSame(as: right)
        case .equal: left.isLooselyEqual(to: right)
        case .less: Self.isAscending(left, right)
        case .greater: Self.isAscending(right, left)
        case .lessOrEqual: Self.isAscending(left, right) || Self.isOrdered(left, right) && left.isSame(as: right)
        case .greaterOrEqual: Self.isAscending(right, left) || Self.isOrdered(left, right) && left.isSame(as: right)
        case .in: right.has(left)
        case .contains: left.has(right) || left.isText(containing: right)
        case .subsetof: left.array.map { $0.allSatisfy(right.has) } ?? false
        case .all: right.array.map { $0.allSatisfy(left.has) } ?? false
        case .anyof: left.array.map { $0.contains(where: right.has) } ?? false
        case .noneof: left.array.map { !$0.contains(where: right.has) } ?? false
        case .size: left.size.map { $0 == right.int } ?? false
        case .empty: left.size.map { ($0 == 0) == right.bool } ?? false
        case .notEqual, .notIdentical, .nin: false
        }
    }

    private static func isOrdered(_ left: JSON, _ right: JSON) -> Bool {
        left.number != nil && right.number != nil || left.string != nil && right.string != nil
    }

    private static func isAscending(_ left: JSON, _ right: JSON) -> Bool {
        switch (left, right) {
        case (.number(let left), .number(let right)): left.double < right.double
        case (.string(let left), .string(let right)): left.utf16.lexicographicallyPrecedes(right.utf16)
        default: false
        }
    }
}

extension JSON {
    /// Equal by value: `1` is `1.0`, in arrays and objects as well.
    func isSame(as other: JSON) -> Bool {
        switch (self, other) {
        case (.number(let left), .number(let right)):
            left == right || left.double == right.double && left.isExactDouble && right.isExactDouble
        case (.array(let left), .array(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
        case (.object(let left), .object(let right)):
            left.count == right.count
                && left.allSatisfy { key, value in right[key].map { value.isSame(as: $0) } ?? false }
        default: self == other
        }
    }

    /// A number also equals the text that says it.
    fileprivate func isLooselyEqual(to other: JSON) -> Bool {
        switch (self, other) {
        case (.number(let number), .string(let text)): Double(text) == number.double
        case (.string(let text), .number(let number)): text == number.text
        default: isSame(as: other)
        }
    }

    fileprivate func has(_ element: JSON) -> Bool { array?.contains { $0.isSame(as: element) } ?? false }

    fileprivate func isText(containing other: JSON) -> Bool {
        guard let string, let part = other.string else { return false }
        return part.isEmpty || string.contains(part)
    }

    fileprivate var size: Int? { array?.count ?? string?.utf16.count }
}

extension JSONNumber {
    /// It has so few digits that two of them with the same double are the same number.
    fileprivate var isExactDouble: Bool {
        text.utf8.prefix { $0 != UInt8(ascii: "e") && $0 != UInt8(ascii: "E") }.count <= 17
    }
}
