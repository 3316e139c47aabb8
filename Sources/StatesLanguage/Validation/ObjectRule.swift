/// What an object of a definition may have.
struct ObjectRule: Sendable {
    var fields: [FieldRule]
    /// By name.
    let field: [String: FieldRule]
    var required: [String] = []
    /// Of each group at most one.
    var exclusive: [[String]] = []
    /// Of each group exactly one.
    var oneOf: [[String]] = []

    init(
        _ fields: [FieldRule], required: [String] = [], exclusive: [[String]] = [], oneOf: [[String]] = []
    ) {
        self.fields = fields
        field = Dictionary(fields.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.required = required
        self.exclusive = exclusive
        self.oneOf = oneOf
    }
}

struct FieldRule: Sendable {
    let name: String
    let kind: FieldKind
    /// Where it may stand; `nil` in both.
    let language: QueryLanguage?
    /// In JSONata states the value may be an expression.
    let takesExpression: Bool
    let place: ExpressionPlace

    init(
        _ name: String, _ kind: FieldKind, _ language: QueryLanguage? = nil, expression: Bool = false,
        at place: ExpressionPlace = .input
    ) {
        self.name = name
        self.kind = kind
        self.language = language
        takesExpression = expression
        self.place = place
    }
}

/// What `$states` has when an expression is evaluated, besides `input` and `context`.
enum ExpressionPlace: Sendable {
    case input
    case result
    case errorOutput

    func offers(_ member: String) -> Bool {
        switch member {
        case "input", "context": true
        case "result": self == .result
        case "errorOutput": self == .errorOutput
        default: false
        }
    }
}

/// What a field may hold.
indirect enum FieldKind: Sendable {
    case text
    case boolean
    case integer(ClosedRange<Int>)
    case decimal(ClosedRange<Double>)
    case word([String])
    /// Any JSON, taken as it is.
    case constant
    /// A path into the input, the context or a variable; or null.
    case path
    /// A path to one place.
    case reference(context: Bool)
    /// A path to one place of the input, or null.
    case resultPath
    case pathOrIntrinsic
    case timestamp
    /// JSON with paths or expressions in it.
    case template
    case assignments
    case object(ObjectRule)
    /// Not empty.
    case objects(ObjectRule)
    case texts
    case custom(CustomField)
}

/// Fields that have rules of their own.
enum CustomField: Sendable {
    case states
    case startAt
    case type
    case end
    case resource
    case credentials
    case retriers
    case catchers
    case errorNames
    case choices
    case branches
    case processor
    case itemReader
    case label
}
