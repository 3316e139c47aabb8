import JSON

/// An API, or the account: its own members, and what belongs to it by kind and id, all as the wire has them.
struct Document: Sendable {
    enum Kind: String, Sendable {
        case http = "HTTP"
        case rest = "REST"
        /// API keys, usage plans and settings: there is one.
        case account
    }

    let kind: Kind
    let id: String
    var members: JSONObject
    /// `routes`, `stages`, `resources`, … by id.
    var parts: [String: JSONObject] = [:]
    /// What deployments hold, by their id: later changes do not reach them.
    var snapshots: [String: Snapshot] = [:]
    /// Differs whenever anything in it does.
    var version = 0

    struct Snapshot: Sendable {
        var members: JSONObject
        var parts: [String: JSONObject]
    }

    init(_ kind: Kind, id: String, members: JSONObject = JSONObject()) {
        self.kind = kind
        self.id = id
        self.members = members
    }

    var name: String { members["name"]?.string ?? id }
    var live: Snapshot { Snapshot(members: members, parts: parts) }

    /// What a deployment keeps: all but stages and deployments.
    var deployable: Snapshot {
        Snapshot(members: members, parts: parts.filter { $0.key != "stages" && $0.key != "deployments" })
    }

    func part(_ kind: String) -> JSONObject { parts[kind] ?? JSONObject() }

    func part(_ kind: String, _ id: String) -> JSON? { parts[kind]?[id] }

    mutating func set(_ kind: String, _ id: String, _ value: JSON?) {
        parts[kind, default: JSONObject()][id] = value
    }
}

extension Document {
    private static let schema = 1

    /// As it is kept in a file.
    var stored: JSON {
        var json: JSON = [
            "schema": .int(Self.schema), "kind": .string(kind.rawValue), "id": .string(id), "members": .object(members),
            "parts": Self.json(parts),
        ]
        var kept = JSONObject()
        for (id, snapshot) in snapshots {
            kept[id] = ["members": .object(snapshot.members), "parts": Self.json(snapshot.parts)]
        }
        json["snapshots"] = .object(kept)
        return json
    }

    /// - Returns: `nil` for what is no document.
    init?(stored json: JSON) {
        guard json["schema"]?.int == Self.schema, let kind = json["kind"]?.string.flatMap(Kind.init),
            let id = json["id"]?.string, let members = json["members"]?.object
        else { return nil }
        self.init(kind, id: id, members: members)
        parts = Self.parts(json["parts"])
        for (id, snapshot) in json["snapshots"]?.object ?? JSONObject() {
            snapshots[id] = Snapshot(
                members: snapshot["members"]?.object ?? JSONObject(), parts: Self.parts(snapshot["parts"]))
        }
    }

    private static func json(_ parts: [String: JSONObject]) -> JSON {
        var object = JSONObject()
        for (kind, part) in parts { object[kind] = .object(part) }
        return .object(object)
    }

    private static func parts(_ json: JSON?) -> [String: JSONObject] {
        (json?.object ?? JSONObject()).reduce(into: [:]) { $0[$1.0] = $1.1.object }
    }
}

extension JSON {
    static func known(_ members: [(String, JSON?)]) -> JSON {
        var object = JSONObject()
        for (name, value) in members { object[name] = value }
        return .object(object)
    }

    /// Nothing for no strings.
    static func strings(_ values: [String: String]) -> JSON? {
        guard !values.isEmpty else { return nil }
        return known(values.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
    }

    var stringMap: [String: String] {
        (object ?? JSONObject()).reduce(into: [:]) { $0[$1.0] = $1.1.string ?? $1.1.text }
    }

    var stringList: [String] { (array ?? []).compactMap(\.string) }
}

/// Lower-case letters and digits, as API Gateway names what it makes.
enum Identifier {
    static func new(_ count: Int) -> String {
        String((0..<count).map { _ in "abcdefghijklmnopqrstuvwxyz0123456789".randomElement() ?? "a" })
    }
}
