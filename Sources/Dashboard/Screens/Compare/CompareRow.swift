import Telemetry
import Terminal

/// A row of a comparison: over the whole width, or a name with something on each side.
enum CompareRow: Hashable, Sendable {
    case heading(String, note: String)
    case pair(ComparePair)
    case bars(name: String, left: CompareBar?, right: CompareBar?, scale: Microseconds)
    /// A line of each log; the name is how much later the right one came.
    case lines(LogPair)
    case whole([Run])

    /// Both sides are the same.
    var isSame: Bool {
        switch self {
        case .pair(let pair): pair.isSame
        case .lines(let pair): pair.isSame
        case .heading, .bars, .whole: false
        }
    }

    var isHeading: Bool {
        if case .heading = self { true } else { false }
    }
}

/// A fact of both.
struct ComparePair: Hashable, Sendable {
    var name: String
    var left: String
    var right: String
    /// How much more the right one is.
    var difference = ""
    /// Every two of a kind differ in it, so that it is no news.
    var isIdentity = false

    var isSame: Bool { left == right }

    init(_ name: String, _ left: String, _ right: String, isIdentity: Bool = false) {
        self.name = name
        self.left = left
        self.right = right
        self.isIdentity = isIdentity
    }

    init(_ name: String, _ left: Microseconds?, _ right: Microseconds?) {
        self.init(name, left?.text ?? Format.none, right?.text ?? Format.none)
        if let left, let right, left != right { difference = (right - left).signedText }
    }

    init(_ name: String, _ left: Int, _ right: Int, unit: String = "") {
        self.init(name, Format.count(left) + unit, Format.count(right) + unit)
        let (step, isOver) = right.subtractingReportingOverflow(left)
        if step != 0, !isOver { difference = (step > 0 ? "+" : "") + Format.count(step) + unit }
    }
}

extension [ComparePair] {
    /// What differs first, what always differs last.
    var rows: [CompareRow] {
        let differing = filter { !$0.isSame && !$0.isIdentity }
        return (differing + filter { $0.isSame && !$0.isIdentity } + filter(\.isIdentity)).map(CompareRow.pair)
    }
}

/// How long something took, from when on.
struct CompareBar: Hashable, Sendable {
    var start = Microseconds.zero
    var duration: Microseconds
    var role: Role
    /// `88 ms`, `412 ms ×2 ↻1`
    var text: String
}

extension Microseconds {
    /// `+47 ms`
    var signedText: String { (self > .zero ? "+" : "") + text }
}
