import AWSCore
import JSON
import Telemetry
import TelemetryStore

/// A condition on traces, in X-Ray's language.
///
/// - SeeAlso: "Using filter expressions" in the X-Ray Developer Guide.
struct FilterExpression {
    indirect enum Node: Hashable {
        case all([Node])
        case any([Node])
        case not(Node)
        case flag(Flag, Bool)
        case number(NumberKey, Comparison, Double)
        case text(TextKey, Comparison, String)
        case annotation(String, Comparison, JSON)
        case hasAnnotation(String)
        case service(String)
    }

    enum Flag: String, CaseIterable {
        case ok, error, throttle, fault, partial
    }

    enum NumberKey: String, CaseIterable {
        case responsetime, duration
        case httpStatus = "http.status"
    }

    enum TextKey: String, CaseIterable {
        case httpURL = "http.url"
        case httpMethod = "http.method"
        case httpClientIP = "http.clientip"
    }

    enum Comparison: String, CaseIterable {
        case equal = "="
        case unequal = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case contains = "CONTAINS"
        case beginsWith = "BEGINSWITH"
        case endsWith = "ENDSWITH"
    }

    /// `nil` matches everything.
    private let root: Node?

    /// - Throws: `InvalidRequestException` that names what is not understood or not supported.
    init(_ text: String) throws(ServiceError) {
        guard text.contains(where: { !$0.isWhitespace }) else {
            root = nil
            return
        }
        var parser = try FilterParser(text)
        root = try parser.parse()
    }

    func matches(_ row: TraceRow) -> Bool { root.map { Self.matches($0, row) } ?? true }

    private static func matches(_ node: Node, _ row: TraceRow) -> Bool {
        switch node {
        case .all(let nodes): nodes.allSatisfy { matches($0, row) }
        case .any(let nodes): nodes.contains { matches($0, row) }
        case .not(let node): !matches(node, row)
        case .flag(let flag, let wanted): isSet(flag, row) == wanted
        case .number(let key, let comparison, let value): number(key, row).map { comparison.holds($0, value) } ?? false
        case .text(let key, let comparison, let value): text(key, row).map { comparison.holds($0, value) } ?? false
        case .annotation(let name, let comparison, let value):
            row.annotations.contains { $0.name == name && comparison.holds($0.value, value) }
        case .hasAnnotation(let name): row.annotations.contains { $0.name == name }
        case .service(let name): row.services.contains(name)
        }
    }

    private static func isSet(_ flag: Flag, _ row: TraceRow) -> Bool {
        switch flag {
        case .ok: row.worst == .ok
        case .error: row.worst == .error || row.worst == .throttled
        case .throttle: row.worst == .throttled
        case .fault: row.worst == .fault
        case .partial: row.isRunning
        }
    }

    private static func number(_ key: NumberKey, _ row: TraceRow) -> Double? {
        switch key {
        case .responsetime: row.responseTime.milliseconds / 1000
        case .duration: row.duration.milliseconds / 1000
        case .httpStatus: row.httpStatus.map(Double.init)
        }
    }

    private static func text(_ key: TextKey, _ row: TraceRow) -> String? {
        switch key {
        case .httpURL: row.path
        case .httpMethod: row.method
        case .httpClientIP: row.clientIP
        }
    }
}

extension FilterExpression.Comparison {
    var isForText: Bool { [.equal, .unequal, .contains, .beginsWith, .endsWith].contains(self) }
    var isForNumbers: Bool { ![.contains, .beginsWith, .endsWith].contains(self) }

    func holds(_ left: Double, _ right: Double) -> Bool {
        switch self {
        case .equal: left == right
        case .unequal: left != right
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        case .contains, .beginsWith, .endsWith: false
        }
    }

    func holds(_ left: String, _ right: String) -> Bool {
        switch self {
        case .equal: left == right
        case .unequal: left != right
        case .contains: left.contains(right)
        case .beginsWith: left.hasPrefix(right)
        case .endsWith: left.hasSuffix(right)
        case .less, .lessOrEqual, .greater, .greaterOrEqual: false
        }
    }

    func holds(_ left: JSON, _ right: JSON) -> Bool {
        if let left = left.string, let right = right.string { return holds(left, right) }
        if let left = left.bool, let right = right.bool { return self == .unequal ? left != right : left == right }
        if let left = left.double, let right = right.double { return holds(left, right) }
        return self == .unequal
    }
}
