import JSON
import Telemetry
import Terminal

/// An event or a response to look at: a tree whose parts open and close, or text where it is no JSON.
struct PayloadView: Sendable {
    let payload: Payload
    private(set) var tree: JSONTree?
    /// Lines of what is no JSON.
    private let text: [String]
    private var cursor = PaneCursor()

    /// Longer lines are cut; copying gives them whole.
    private static let lineLimit = 2000
    /// A document up to here begins with all its parts open.
    private static let openLimit = 2048

    init(_ payload: Payload) {
        self.payload = payload
        guard !payload.isCut, let json = try? JSON(parsing: payload.bytes) else {
            text = String(decoding: payload.bytes, as: UTF8.self).split(
                omittingEmptySubsequences: false, whereSeparator: \.isNewline
            ).map { String($0.prefix(Self.lineLimit)) }
            return
        }
        text = []
        tree = JSONTree(Secrets.masked(json), expandedTo: payload.bytes.count <= Self.openLimit ? 8 : 2)
    }

    /// A text of any length, as histories have them.
    init(text: String) {
        self.init(Payload(bytes: Array(text.utf8), totalCount: text.utf8.count))
    }

    private var count: Int { tree?.rowCount ?? text.count }

    /// The row under the cursor has parts.
    var isAtContainer: Bool {
        guard let row = tree?.selected else { return false }
        return row.value.array?.isEmpty == false || row.value.object?.isEmpty == false
    }

    mutating func move(by step: Int, height: Int) {
        guard var tree else { return cursor.scroll(by: step, count: count, height: height) }
        tree.cursor.move(by: step, count: tree.rowCount)
        show(tree, height: height)
    }

    /// A click on a row of the view.
    mutating func select(row: Int, height: Int) {
        guard var tree else { return }
        tree.cursor.index = tree.cursor.window(visible: height, count: tree.rowCount).first + row
        tree.cursor.clamp(count: tree.rowCount)
        show(tree, height: height)
    }

    /// Opens or closes the part under the cursor.
    mutating func toggle(height: Int) {
        guard var tree, isAtContainer else { return }
        tree.toggleSelected()
        show(tree, height: height)
    }

    /// What was scrolled to stays there when the cursor goes back.
    private mutating func show(_ changed: JSONTree, height: Int) {
        var changed = changed
        changed.cursor.first = changed.cursor.window(visible: height, count: changed.rowCount).first
        tree = changed
    }

    /// `first 64 KiB of 1.2 MiB`, or the size.
    var note: String {
        guard payload.isCut else { return Format.bytes(payload.totalCount) }
        return "first \(Format.bytes(payload.bytes.count)) of \(Format.bytes(payload.totalCount))"
    }

    func draw(on canvas: inout Canvas, in rect: Rect, isFocused: Bool) {
        guard !payload.bytes.isEmpty else {
            canvas.draw(
                "nothing", at: Point(column: rect.column + 1, row: rect.row), style: Style(.dim),
                limit: rect.columns - 1)
            return
        }
        if let tree {
            tree.draw(on: &canvas, in: rect, isFocused: isFocused)
            return
        }
        for (row, place) in cursor.visible(count: count, height: rect.rows).enumerated() {
            let point = Point(column: rect.column + 1, row: rect.row + row)
            canvas.draw(text[place], at: point, limit: rect.columns - 1)
        }
    }
}
