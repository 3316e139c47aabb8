import AWSCore

/// Finds what stands at a path among many: a tree by the parts of paths, so that a look-up takes as many steps as the path
/// has parts, not as there are routes.
///
/// A full match goes before a greedy one, literals before parameters, from left to right. (API Gateway Developer Guide,
/// "Routing API requests".)
struct RouteTable<Target: Sendable>: Sendable {
    private struct Node: Sendable {
        var literals: [String: Int] = [:]
        var parameter: Int?
        var target: (Target, names: [String])?
        var greedy: (Target, names: [String])?
    }

    private var nodes = [Node()]

    struct Match {
        var target: Target
        /// Decoded.
        var parameters: [String: String]
    }

    /// - Parameter path: `/items/{id}/{proxy+}`
    /// - Parameter update: changes what stands there, `nil` where nothing does yet.
    mutating func insert(_ path: String, _ update: (Target?) -> Target) {
        var place = 0
        var names: [String] = []
        for part in path.split(separator: "/") {
            guard part.hasPrefix("{"), part.hasSuffix("}") else {
                place = child(&nodes, place, literal: String(part))
                continue
            }
            let name = part.dropFirst().dropLast()
            if name.hasSuffix("+") {
                nodes[place].greedy = (update(nodes[place].greedy?.0), names + [String(name.dropLast())])
                return
            }
            names.append(String(name))
            place = parameterChild(&nodes, place)
        }
        nodes[place].target = (update(nodes[place].target?.0), names)
    }

    private func child(_ nodes: inout [Node], _ place: Int, literal: String) -> Int {
        if let known = nodes[place].literals[literal] { return known }
        nodes.append(Node())
        nodes[place].literals[literal] = nodes.count - 1
        return nodes.count - 1
    }

    private func parameterChild(_ nodes: inout [Node], _ place: Int) -> Int {
        if let known = nodes[place].parameter { return known }
        nodes.append(Node())
        nodes[place].parameter = nodes.count - 1
        return nodes.count - 1
    }

    /// - Parameters:
    ///   - path: the parts of the path, percent-encoded.
    ///   - accepts: whether that target is for the request; the search goes on where it is not.
    func match(_ path: [Substring], accepts: (Target) -> Bool) -> Match? {
        var values: [Substring] = []
        if let match = full(path[...], 0, &values, accepts) { return match }
        values = []
        return greedy(path[...], 0, &values, accepts)
    }

    private func full(
        _ path: ArraySlice<Substring>, _ place: Int, _ values: inout [Substring], _ accepts: (Target) -> Bool
    ) -> Match? {
        guard let part = path.first else {
            guard let (target, names) = nodes[place].target, accepts(target) else { return nil }
            return Match(target: target, parameters: Self.parameters(names, values))
        }
        if let next = nodes[place].literals[String(part)], let match = full(path.dropFirst(), next, &values, accepts) {
            return match
        }
        guard let next = nodes[place].parameter else { return nil }
        values.append(part)
        if let match = full(path.dropFirst(), next, &values, accepts) { return match }
        values.removeLast()
        return nil
    }

    private func greedy(
        _ path: ArraySlice<Substring>, _ place: Int, _ values: inout [Substring], _ accepts: (Target) -> Bool
    ) -> Match? {
        guard let part = path.first else { return nil }
        if let next = nodes[place].literals[String(part)], let match = greedy(path.dropFirst(), next, &values, accepts)
        {
            return match
        }
        if let next = nodes[place].parameter {
            values.append(part)
            if let match = greedy(path.dropFirst(), next, &values, accepts) { return match }
            values.removeLast()
        }
        guard let (target, names) = nodes[place].greedy, accepts(target) else { return nil }
        return Match(target: target, parameters: Self.parameters(names, values + [path.joined(separator: "/")[...]]))
    }

    private static func parameters(_ names: [String], _ values: [Substring]) -> [String: String] {
        zip(names, values).reduce(into: [:]) { $0[$1.0] = PercentEncoding.decoded($1.1) }
    }
}
