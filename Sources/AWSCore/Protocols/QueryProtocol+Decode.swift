package import JSON

extension QueryProtocol {
    /// What a form may have: more than CloudWatch takes values of metrics in a megabyte.
    private static let mostParameters = 60_000
    private static let deepest = 16

    /// Makes `MetricDataQueries.member.1.Id=a` and so on into a JSON object with arrays.
    ///
    /// Elements are in the order of their numbers; numbers that are left out take no room.
    ///
    /// - Throws: `MalformedQueryString` when the form has too many parameters or nests too deep.
    package static func decode(_ form: [(name: String, value: String)]) throws(ServiceError) -> JSON {
        guard form.count <= mostParameters else {
            throw malformed("The form has more than \(mostParameters) parameters")
        }
        var tree = FormTree()
        for (name, value) in form where name != "Action" && name != "Version" {
            let path = name.utf8.split(separator: UInt8(ascii: "."), maxSplits: deepest)
            guard path.count <= deepest else { throw malformed("A parameter has more than \(deepest) parts") }
            tree.set(path.map { String(Substring($0)) }, value)
        }
        let root = tree.json
        return root.object == nil ? .object(JSONObject()) : root
    }

    private static func malformed(_ message: String) -> ServiceError { ServiceError("MalformedQueryString", message) }
}

/// The parameters of a form by the parts of their names; nodes name their children by place, so nothing is copied.
private struct FormTree {
    private struct Node {
        var value: String?
        var names: [String] = []
        var children: [String: Int] = [:]
    }

    private var nodes = [Node()]

    mutating func set(_ path: [String], _ value: String) {
        var place = 0
        for name in path { place = child(name, of: place) }
        nodes[place].value = value
    }

    private mutating func child(_ name: String, of parent: Int) -> Int {
        if let known = nodes[parent].children[name] { return known }
        nodes.append(Node())
        nodes[parent].children[name] = nodes.count - 1
        nodes[parent].names.append(name)
        return nodes.count - 1
    }

    var json: JSON { json(0) }

    private func json(_ place: Int) -> JSON {
        let node = nodes[place]
        guard !node.names.isEmpty else { return node.value.map(JSON.string) ?? .null }
        if node.names == ["member"], let list = node.children["member"], let elements = elements(of: list) {
            return .array(elements.map { json($0) })
        }
        var object = JSONObject()
        for name in node.names { object[name] = node.children[name].map { json($0) } }
        return .object(object)
    }

    /// The places of a list's elements, ordered; `nil` when the names are no numbers.
    private func elements(of list: Int) -> [Int]? {
        var numbered: [(number: Int, place: Int)] = []
        for (name, place) in nodes[list].children {
            guard let number = Int(name), number > 0 else { return nil }
            numbered.append((number, place))
        }
        guard !numbered.isEmpty else { return nil }
        return numbered.sorted { $0.number < $1.number }.map(\.place)
    }
}
