import FuzzInputs

/// `fntop-fuzz [--seconds N | --count N] [--seed S] [KIND…]`
struct Options {
    var seconds: Int?
    var count = 100_000
    var seed: UInt64 = 1
    var kinds: [FuzzKind] = []

    /// - Returns: `nil` when they make no sense.
    init?(_ arguments: [String]) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--seconds":
                guard let value = rest.popFirst().flatMap({ Int($0) }) else { return nil }
                seconds = value
            case "--count":
                guard let value = rest.popFirst().flatMap({ Int($0) }) else { return nil }
                count = value
            case "--seed":
                guard let value = rest.popFirst().flatMap({ UInt64($0) }) else { return nil }
                seed = value
            default:
                guard let kind = FuzzKind(rawValue: argument) else { return nil }
                kinds.append(kind)
            }
        }
        if kinds.isEmpty { kinds = FuzzKind.allCases }
    }
}
