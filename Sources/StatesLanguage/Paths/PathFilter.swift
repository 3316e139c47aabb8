import JSON

/// The condition of `[?(…)]`.
indirect enum PathFilter: Hashable, Sendable {
    case all([PathFilter])
    case any([PathFilter])
    case not(PathFilter)
    case exists(JSONPath, isRelative: Bool)
    case compare(PathOperand, PathComparison, PathOperand)
    case matches(PathOperand, PathPattern)
    case constant(Bool)

    /// - Parameter value: what `@` is.
    func accepts(_ value: JSON, root: JSON) -> Bool {
        switch self {
        case .all(let filters): filters.allSatisfy { $0.accepts(value, root: root) }
        case .any(let filters): filters.contains { $0.accepts(value, root: root) }
        case .not(let filter): !filter.accepts(value, root: root)
        case .exists(let path, let isRelative): path.value(in: isRelative ? value : root, root: root) != nil
        case .compare(let left, let comparison, let right):
            comparison.holds(left.value(in: value, root: root), right.value(in: value, root: root))
        case .matches(let operand, let pattern):
            operand.value(in: value, root: root)?.string.map(pattern.matches) ?? false
        case .constant(let constant): constant
        }
    }
}

/// A side of a comparison.
enum PathOperand: Hashable, Sendable {
    case literal(JSON)
    /// `@.…`, from the value that is tested.
    case relative(JSONPath)
    /// `$.…`, from the whole document.
    case absolute(JSONPath)

    /// - Returns: `nil` where a path leads nowhere.
    func value(in value: JSON, root: JSON) -> JSON? {
        switch self {
        case .literal(let literal): literal
        case .relative(let path): path.value(in: value, root: root)
        case .absolute(let path): path.value(in: root, root: root)
        }
    }
}
