import Dashboard
import JSON
import Terminal
import Testing

@Suite("Graph layout")
struct GraphLayoutTests {
    @Test(
        "Boxes do not overlap, and edges run from box to box around the others",
        arguments: SampleDefinitions.all.map(\.name))
    func promises(name: String) throws {
        let sample = try #require(SampleDefinitions.all.first { $0.name == name })
        let graph = StateMachineGraph(definition: sample.definition)
        for zoom in GraphZoom.allCases {
            #expect(LayoutFaults.of(graph.layout(zoom: zoom)) == [], "\(zoom)")
        }
    }

    @Test("The same holds for graphs that nobody would write", arguments: 0..<300)
    func promisesOfRandomGraphs(seed: Int) {
        let model = RandomGraph.model(seed: UInt64(seed + 1))
        for zoom in GraphZoom.allCases {
            #expect(LayoutFaults.of(GraphLayout(model, zoom: zoom)) == [], "\(zoom)")
        }
    }

    @Test("Edges that have nothing in common share no line", arguments: 0..<200)
    func separateLines(seed: Int) {
        let model = RandomGraph.model(seed: UInt64(seed + 1000), largest: 14, hasContainers: false)
        #expect(LayoutFaults.sharedLines(GraphLayout(model)) == [])
    }

    @Test("What is inside of what stays there, and each edge is drawn once")
    func counts() {
        let graph = StateMachineGraph(definition: SampleDefinitions.order)
        let layout = graph.layout(zoom: .boxes)
        #expect(layout.nodes.count == 12)
        #expect(layout.edges.count == 10)
        #expect(layout.node("Invoice1")?.parent == layout.index(of: "Invoices"))
        #expect(layout.node("Invoices")?.parent == layout.index(of: "Finish"))
    }

    @Test("A chain is straight")
    func straight() {
        let layout = StateMachineGraph(definition: SampleDefinitions.chain("A", 9)).layout(zoom: .boxes)
        #expect(layout.edges.allSatisfy { $0.points.count == 2 })
    }

    @Test("A loop leads back up beside the states")
    func loops() throws {
        let definition = SampleDefinitions.flow(
            "A",
            ["A": SampleDefinitions.task("B"), "B": SampleDefinitions.choice(["A"], "C"), "C": ["Type": "Succeed"]])
        let layout = StateMachineGraph(definition: definition).layout(zoom: .boxes)
        let back = try #require(layout.edges.first { $0.isBack })
        #expect(back.label == "way = 0")
        let rights = layout.nodes.map(\.rect.endColumn)
        #expect(back.points.contains { $0.column >= rights.max() ?? 0 || $0.column < 1 })
    }

    @Test("Containers nested deeper than anyone looks are drawn as far as they go")
    func deep() {
        var definition = SampleDefinitions.chain("Leaf", 1)
        for level in 0..<300 {
            definition = SampleDefinitions.flow("M\(level)", ["M\(level)": SampleDefinitions.map(definition, nil)])
        }
        let layout = StateMachineGraph(definition: definition).layout(zoom: .names)
        #expect(layout.nodes.count > 50)
    }

    @Test("Ten thousand states are laid out", arguments: [1, 2, 3])
    func large(shape: Int) {
        let model = RandomGraph.large(shape, count: 10_000)
        let layout = GraphLayout(model, zoom: .dots)
        #expect(layout.nodes.count == 10_000)
        #expect(layout.size.columns > 0)
    }
}

enum RandomGraph {
    static func model(seed: UInt64, largest: Int = 24, hasContainers: Bool = true) -> GraphModel {
        var random = SmallRandom(seed: seed)
        var names = 0
        return model(&random, &names, largest: largest, level: hasContainers ? 0 : 3)
    }

    private static func model(_ random: inout SmallRandom, _ names: inout Int, largest: Int, level: Int) -> GraphModel {
        var model = GraphModel()
        for _ in 0..<(1 + random.next(largest)) {
            names += 1
            let label = String(repeating: "n", count: 1 + random.next(14))
            var node = GraphNode(id: "n\(names)", label: label, noteWidth: random.next(2) * 8)
            if level < 2, random.next(8) == 0 {
                node.kind = random.next(2) == 0 ? .container : .iteratedContainer
                node.children = (0...random.next(3)).map { _ in
                    Self.model(&random, &names, largest: 5, level: level + 1)
                }
            }
            model.nodes.append(node)
        }
        let kinds: [GraphEdge.Kind] = [.normal, .choice, .otherwise, .caught]
        for _ in 0..<random.next(model.nodes.count * 3) {
            let from = random.next(model.nodes.count)
            let near = from - 2 + random.next(6)
            let to = random.next(3) == 0 || !model.nodes.indices.contains(near) ? random.next(model.nodes.count) : near
            let label = random.next(3) == 0 ? "label \(random.next(99))" : ""
            model.edges.append(GraphEdge(from: from, to: to, kind: kinds[random.next(4)], label: label))
        }
        model.start = random.next(5) == 0 ? nil : 0
        return model
    }

    /// A chain, a fan, or edges from anywhere to anywhere.
    static func large(_ shape: Int, count: Int) -> GraphModel {
        var random = SmallRandom(seed: 77)
        var model = GraphModel(nodes: (0..<count).map { GraphNode(id: "n\($0)", label: "n\($0)") }, start: 0)
        for index in 1..<count {
            switch shape {
            case 1: model.edges.append(GraphEdge(from: index - 1, to: index))
            case 2:
                model.edges.append(GraphEdge(from: 0, to: index, kind: .choice))
                if index < count - 1 { model.edges.append(GraphEdge(from: index, to: count - 1)) }
            default: model.edges.append(GraphEdge(from: index, to: random.next(count)))
            }
        }
        return model
    }
}
