/// A query as steps from lines to rows.
struct Plan: Sendable {
    var stages: [Stage]
    /// The columns of the answer.
    var output: [String]
    /// Rows are lines: each has a pointer.
    var hasPointer: Bool
}

/// Rows go in, are given names and filtered, and come out chosen or grouped.
struct Stage: Sendable {
    var slots: [Slot] = []
    var parses = 0
    var filters: [Expression] = []
    var ending = Ending.rows(RowsPlan())

    enum Ending: Sendable {
        case rows(RowsPlan)
        case groups(GroupsPlan)
    }
}

struct RowsPlan: Sendable {
    struct Key: Sendable {
        var expression: Expression
        var isDescending: Bool
    }

    /// Empty: the newest lines first; rows of a stage before stay as they are.
    var keys: [Key] = []
    var limit = Int.max
    /// Only the first row with the same values.
    var distinct: [Expression] = []
    var columns: [Column] = []

    struct Column: Sendable {
        var name: String
        var expression: Expression
    }
}

struct GroupsPlan: Sendable {
    var groups: [RowsPlan.Column] = []
    /// What is gathered for each group.
    var gathered: [Gathered] = []
    /// Over the values of the group, and behind them those of the aggregates.
    var results: [RowsPlan.Column] = []
    var aggregates: [Aggregate] = []
    /// For each aggregate what it is made from.
    var sources: [Int] = []

    struct Gathered: Hashable, Sendable {
        enum Kind: Hashable, Sendable {
            case count, distinct, moments, least, most, values, earliest, latest
        }

        var kind: Kind
        var argument: Expression?
    }
}

extension Aggregate.Function {
    var kind: GroupsPlan.Gathered.Kind {
        switch self {
        case .count: .count
        case .count_distinct: .distinct
        case .sum, .avg, .stddev: .moments
        case .min, .sortsFirst: .least
        case .max, .sortsLast: .most
        case .pct, .median: .values
        case .earliest: .earliest
        case .latest: .latest
        }
    }
}
