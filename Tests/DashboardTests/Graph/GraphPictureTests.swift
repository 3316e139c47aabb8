import Dashboard
import Terminal
import Testing

@Suite("Graph pictures")
struct GraphPictureTests {
    @Test("State machines of growing size", arguments: SampleDefinitions.all.indices)
    func samples(place: Int) {
        let sample = SampleDefinitions.all[place]
        let graph = StateMachineGraph(definition: sample.definition)
        let layout = graph.layout(zoom: place < 27 ? .boxes : .names)
        var canvas = Canvas(layout.size)
        graph.draw(layout, on: &canvas, in: canvas.bounds, offset: Point(column: 0, row: 0))
        let number = place < 9 ? "0\(place + 1)" : "\(place + 1)"
        let name = sample.name.map { $0 == " " ? "-" : String($0) }.joined()
        expectFrame(canvas.frame, named: "graph-\(number)-\(name)")
    }

    static let progress = ExecutionProgress(
        states: [
            "RecordOrder": StateProgress(.succeeded, duration: 14_000, visits: 1),
            "QueryUser": StateProgress(.succeeded, duration: 6000, visits: 1),
            "InStock?": StateProgress(.succeeded, duration: 900, visits: 1),
            "ProcessPayment": StateProgress(.succeeded, duration: 1_900_000, visits: 1),
            "Finish": StateProgress(.running, duration: 412_000, visits: 1),
            "UpdateOrder": StateProgress(.retrying(attempt: 2, of: 4), duration: 90_000, visits: 1),
            "NotifyUser": StateProgress(.failed, duration: 31_000, visits: 1),
            "Invoices": StateProgress(
                .running, visits: 1, iterations: IterationCounts(total: 24, running: 3, succeeded: 11, failed: 2)),
        ],
        taken: [
            TakenEdge(from: "RecordOrder", to: "QueryUser"), TakenEdge(from: "QueryUser", to: "InStock?"),
            TakenEdge(from: "InStock?", to: "ProcessPayment"), TakenEdge(from: "ProcessPayment", to: "Finish"),
        ])

    @Test("An execution under way, at each zoom, in Unicode and ASCII", arguments: GraphZoom.allCases, [false, true])
    func execution(zoom: GraphZoom, isAscii: Bool) {
        let graph = StateMachineGraph(definition: SampleDefinitions.order)
        let layout = graph.layout(zoom: zoom)
        var canvas = Canvas(Size(columns: 110, rows: 40), glyphs: isAscii ? .ascii : .unicode)
        let offset = layout.bounded(Point(column: 0, row: 0), in: canvas.bounds.size)
        graph.draw(
            layout, on: &canvas, in: canvas.bounds, offset: offset, selection: "ProcessPayment", progress: Self.progress
        )
        expectFrame(canvas.frame, named: "graph-execution-\(zoom.rawValue)\(isAscii ? "-ascii" : "")")
    }

    @Test("A view that is smaller than the graph shows the selected state, and nothing outside is touched")
    func panned() {
        let graph = StateMachineGraph(definition: SampleDefinitions.order)
        let layout = graph.layout(zoom: .boxes)
        var canvas = Canvas(Size(columns: 80, rows: 24))
        let view = Rect(column: 2, row: 1, columns: 60, rows: 20)
        let offset = layout.offset(showing: "Invoice1", in: view.size, from: Point(column: 0, row: 0))
        graph.draw(layout, on: &canvas, in: view, offset: offset, selection: "Invoice1", progress: Self.progress)
        expectFrame(canvas.frame, named: "graph-panned")
        for row in 0..<24 {
            for column in 0..<80 where !view.contains(Point(column: column, row: row)) {
                #expect(canvas.frame[column, row] == Cell())
            }
        }
    }

    @Test("Colours tell what was taken, what runs and what failed")
    func roles() throws {
        let graph = StateMachineGraph(definition: SampleDefinitions.order)
        let layout = graph.layout(zoom: .boxes)
        var canvas = Canvas(layout.size)
        graph.draw(
            layout, on: &canvas, in: canvas.bounds, offset: Point(column: 0, row: 0), progress: Self.progress)
        func role(_ id: String) throws -> Role {
            let rect = try #require(layout.node(id)).rect
            return canvas.frame[rect.column, rect.row].style.foreground
        }
        #expect(try role("RecordOrder") == .ok)
        #expect(try role("Finish") == .accent)
        #expect(try role("NotifyUser") == .error)
        #expect(try role("UpdateOrder") == .warn)
        #expect(try role("Backorder") == .border)
    }

    @Test("Any offset and any size draw without a fault", arguments: GraphZoom.allCases)
    func anywhere(zoom: GraphZoom) {
        let graph = StateMachineGraph(definition: SampleDefinitions.order)
        let layout = graph.layout(zoom: zoom)
        for (columns, rows) in [(0, 0), (1, 1), (3, 2), (20, 5)] {
            for offset in [Point(column: -30, row: -9), Point(column: 12, row: 7), Point(column: 9999, row: 9999)] {
                var canvas = Canvas(Size(columns: columns, rows: rows))
                graph.draw(layout, on: &canvas, in: canvas.bounds, offset: offset, selection: "Finish")
                #expect(canvas.frame.size.columns == columns)
            }
        }
    }
}

@Suite("Graph navigation")
struct GraphNavigationTests {
    private let layout = StateMachineGraph(definition: SampleDefinitions.order).layout(zoom: .boxes)

    @Test(
        "Keys follow the edges, and go into and out of containers",
        arguments: [
            ("RecordOrder", GraphDirection.down, "QueryUser"), ("QueryUser", .up, "RecordOrder"),
            ("InStock?", .down, "Backorder"), ("ProcessPayment", .right, "Backorder"),
            ("Backorder", .left, "ProcessPayment"), ("ProcessPayment", .down, "Finish"),
            ("Finish", .down, "UpdateOrder"), ("UpdateOrder", .right, "NotifyUser"), ("UpdateOrder", .up, "Finish"),
            ("Done", .up, "Refund"),
        ] as [(String, GraphDirection, String)])
    func moves(from: String, direction: GraphDirection, to: String) {
        #expect(layout.neighbour(of: from, direction) == to)
    }

    @Test("At the edge there is nowhere to go; from nothing a key leads to the first state")
    func edges() {
        #expect(layout.neighbour(of: "RecordOrder", .up) == nil)
        #expect(layout.neighbour(of: "no such state", .down) == "RecordOrder")
    }

    @Test("Every state can be reached by keys", arguments: SampleDefinitions.all.map(\.name))
    func reach(name: String) throws {
        let sample = try #require(SampleDefinitions.all.first { $0.name == name })
        let layout = StateMachineGraph(definition: sample.definition).layout(zoom: .boxes)
        guard let first = layout.nodes.first?.id else { return }
        var reached: Set<String> = [first]
        var open = [first]
        while let id = open.popLast() {
            for direction in GraphDirection.allCases {
                guard let next = layout.neighbour(of: id, direction), reached.insert(next).inserted else { continue }
                open.append(next)
            }
        }
        #expect(Set(layout.nodes.map(\.id)).subtracting(reached) == [])
    }

    @Test("A click finds the innermost state")
    func clicks() throws {
        let rect = try #require(layout.node("Invoice1")).rect
        #expect(layout.node(at: Point(column: rect.column + 1, row: rect.row + 1))?.id == "Invoice1")
        let outer = try #require(layout.node("Finish")).rect
        #expect(layout.node(at: outer.origin)?.id == "Finish")
        #expect(layout.node(at: Point(column: -1, row: 0)) == nil)
    }
}
