import JSON
import Terminal
import Testing

@Suite struct JSONTreeTests {
    static let order: JSON = [
        "order_id": "o-1842", "amount": 99.5, "user": ["id": 7, "tags": ["a", "b"], "note": nil], "empty": [],
    ]

    private func picture(_ tree: JSONTree, rows: Int = 20) -> String {
        var canvas = Canvas(Size(columns: 40, rows: rows))
        tree.draw(on: &canvas, in: canvas.bounds)
        return String(canvas.frame.text.reversed().drop { $0 == "\n" }.reversed())
    }

    @Test func showsWhatIsOpen() {
        var tree = JSONTree(Self.order)
        #expect(
            picture(tree) == """
                ▌▾ {
                     "order_id": "o-1842",
                     "amount": 99.5,
                   ▸ "user": {…3},
                     "empty": []
                   }
                """)
        tree.cursor.index = 3
        tree.openSelected()
        #expect(tree.rowCount == 10)
        tree.cursor.index = 5
        tree.openSelected()
        #expect(tree.selectedPath == "$.user.tags")
        #expect(
            picture(tree) == """
                 ▾ {
                     "order_id": "o-1842",
                     "amount": 99.5,
                   ▾ "user": {
                       "id": 7,
                ▌    ▾ "tags": [
                         "a",
                         "b"
                       ],
                       "note": null
                     },
                     "empty": []
                   }
                """)
        tree.closeSelected()
        tree.closeSelected()
        #expect(tree.selectedPath == "$.user")
        tree.closeSelected()
        #expect(tree.rowCount == 6)
    }

    /// Rows as they come by walking through the whole document.
    private func walk(_ tree: JSONTree, _ value: JSON, _ path: JSONTree.Path) -> [JSONTree.Path] {
        guard tree.expanded.contains(path) else { return [path] }
        let count = value.array?.count ?? value.object?.count ?? 0
        let children = (0..<count).flatMap { index in
            walk(tree, value.array?[index] ?? value.object?.values[index] ?? .null, path + [index])
        }
        return [path] + children + [path]
    }

    @Test func everyRowIsFoundWhateverIsOpen() {
        let inner: JSON = ["x": [1, [2, 3], []], "y": ["z": [4]]]
        var tree = JSONTree([inner, 1, inner, [], inner], expandedTo: 1)
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let row = tree.row(Int.random(in: 0..<tree.rowCount, using: &generator))
            if let row { tree.toggle(row.path) }
            let expected = walk(tree, tree.root, [])
            #expect(tree.rowCount == expected.count)
            #expect((0..<tree.rowCount).map { tree.row($0)?.path } == expected.map { $0 })
        }
        #expect(tree.row(-1) == nil)
        #expect(tree.row(tree.rowCount) == nil)
    }

    @Test func findsAndOpens() {
        var tree = JSONTree(["a": ["b c": [1, "Needle"]], "needle": 2], expandedTo: 0)
        let isFound = tree.find("needle")
        #expect(isFound)
        #expect(tree.selectedPath == "$.a['b c'][1]")
        _ = tree.find("needle")
        #expect(tree.selectedPath == "$.needle")
        _ = tree.find("needle", forward: false)
        #expect(tree.selectedPath == "$.a['b c'][1]")
        let isMissing = tree.find("nowhere")
        #expect(!isMissing)
    }

    @Test func aMillionElementsCostOnlyWhatIsShown() {
        var tree = JSONTree(.array(Array(repeating: 1, count: 1_000_000)))
        #expect(tree.rowCount == 1_000_002)
        tree.cursor.moveToEnd(count: tree.rowCount)
        #expect(picture(tree, rows: 2).contains("\n▌  ] "))
        #expect(tree.row(999_999)?.path == [999_998])
    }
}
