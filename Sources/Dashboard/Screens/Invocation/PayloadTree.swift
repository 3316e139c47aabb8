import JSON
import Telemetry
import Terminal

/// An event or a response to look at: a tree whose parts open and close, or text where it is no JSON.
///
/// All nodes stand in one array in the order they are written, so that a hidden part is skipped in one step.
struct PayloadTree: Hashable {
    private(set) var nodes: [Node] = []
    private(set) var collapsed: Set<Int> = []
    /// The places of the nodes that are shown.
    private(set) var rows: [Int] = []
    /// Lines of what is no JSON.
    private(set) var text: [String] = []
    var cursor = PaneCursor()
    let payload: Payload

    struct Node: Hashable {
        var depth: Int
        /// A member's name, or an element's place.
        var name: String?
        var value: Value
        /// The place after the last node inside.
        var end: Int
    }

    enum Value: Hashable {
        case object(count: Int)
        case array(count: Int)
        case string(String)
        case number(String)
        case word(String)
        /// More nodes than ``nodeLimit``.
        case more
    }

    private static let nodeLimit = 50_000
    /// A tree of more rows begins with its inner parts closed.
    private static let openLimit = 60

    init(_ payload: Payload) {
        self.payload = payload
        guard !payload.isCut, let json = try? JSON(parsing: payload.bytes) else {
            text = String(decoding: payload.bytes, as: UTF8.self).split(
                omittingEmptySubsequences: false, whereSeparator: \.isNewline
            ).map { String($0) }
            return
        }
        append(Secrets.masked(json), name: nil, depth: 0)
        if nodes.count > Self.openLimit {
            collapsed = Set(nodes.indices.filter { nodes[$0].depth >= 1 && nodes[$0].isContainer })
        }
        layRows()
    }

    var isTree: Bool { !nodes.isEmpty }
    var count: Int { isTree ? rows.count : text.count }

    private mutating func append(_ value: JSON, name: String?, depth: Int) {
        guard nodes.count < Self.nodeLimit else { return }
        let place = nodes.count
        nodes.append(Node(depth: depth, name: name, value: Value(value), end: place + 1))
        switch value {
        case .object(let object): for (name, value) in object { append(value, name: name, depth: depth + 1) }
        case .array(let values):
            for (index, value) in values.enumerated() { append(value, name: "\(index)", depth: depth + 1) }
        default: break
        }
        if nodes.count == Self.nodeLimit { nodes.append(Node(depth: 0, name: nil, value: .more, end: nodes.count + 1)) }
        nodes[place].end = nodes.count
    }

    /// The outermost brackets are not shown, unless there is nothing in them.
    private mutating func layRows() {
        rows = []
        var place = nodes.first?.isContainer == true ? 1 : 0
        while place < nodes.count {
            rows.append(place)
            place = collapsed.contains(place) ? max(nodes[place].end, place + 1) : place + 1
        }
    }

    var isAtContainer: Bool { rows.indices.contains(cursor.place) && nodes[rows[cursor.place]].isContainer }

    /// Opens or closes the part under the cursor.
    mutating func toggle(height: Int) {
        guard isAtContainer else { return }
        collapsed.formSymmetricDifference([rows[cursor.place]])
        layRows()
        cursor.reveal(count: count, height: height)
    }
}

extension PayloadTree.Node {
    var isContainer: Bool {
        switch value {
        case .object(let count), .array(let count): count > 0
        default: false
        }
    }
}

extension PayloadTree.Value {
    init(_ json: JSON) {
        switch json {
        case .null: self = .word("null")
        case .bool(let value): self = .word(value ? "true" : "false")
        case .number(let number): self = .number(number.text)
        case .string(let text): self = .string(text)
        case .array(let values): self = .array(count: values.count)
        case .object(let object): self = .object(count: object.count)
        }
    }
}
