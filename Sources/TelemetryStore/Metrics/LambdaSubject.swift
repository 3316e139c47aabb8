import Telemetry

/// What is meant by the dimensions of a metric of `AWS/Lambda`.
///
/// Lambda measures all functions together, each function, what was asked for by a version or an alias (or by neither), and
/// what an alias led to.
enum LambdaSubject: Hashable {
    case account
    case function(String)
    case resource(String, ResourceSeconds.Key)

    /// - Parameter dimensions: ordered by name.
    /// - Returns: `nil` for dimensions that Lambda has no metrics for.
    init?(_ dimensions: [CustomMetric.Dimension]) {
        let names = dimensions.map(\.name)
        guard let function = dimensions.first(where: { $0.name == "FunctionName" })?.value else {
            guard dimensions.isEmpty else { return nil }
            self = .account
            return
        }
        guard let resource = dimensions.first(where: { $0.name == "Resource" })?.value else {
            guard names == ["FunctionName"] else { return nil }
            self = .function(function)
            return
        }
        guard resource == function || resource.hasPrefix("\(function):") else { return nil }
        var key = ResourceSeconds.Key(qualifier: String(resource.dropFirst(function.count).dropFirst()))
        if names == ["ExecutedVersion", "FunctionName", "Resource"] {
            guard !key.qualifier.isEmpty else { return nil }
            key.version = dimensions[0].value
        } else if names != ["FunctionName", "Resource"] {
            return nil
        }
        self = .resource(function, key)
    }

    var dimensions: [CustomMetric.Dimension] {
        switch self {
        case .account: return []
        case .function(let name): return [.init(name: "FunctionName", value: name)]
        case .resource(let name, let key):
            let resource = key.qualifier.isEmpty ? name : "\(name):\(key.qualifier)"
            let version = key.version.map { [CustomMetric.Dimension(name: "ExecutedVersion", value: $0)] } ?? []
            return version + [.init(name: "FunctionName", value: name), .init(name: "Resource", value: resource)]
        }
    }
}
