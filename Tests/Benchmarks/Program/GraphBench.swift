import Dashboard
import JSON
import Terminal

/// What the picture of a state machine of a hundred states costs, with loops, choices and catches.
enum GraphBench {
    static func rows() throws -> [Row] {
        let definition = machine
        var (layouts, drawings): ([Double], [Double]) = ([], [])
        for _ in 0..<50 {
            let graph = StateMachineGraph(definition: definition)
            var layout: GraphLayout?
            layouts.append(ContinuousClock().measure { layout = graph.layout(zoom: .boxes) }.milliseconds)
            guard let layout else { throw BenchError(description: "no layout") }
            var canvas = Canvas(Size(columns: 160, rows: 48))
            let offset = layout.offset(showing: "S50", in: canvas.bounds.size, from: Point(column: 0, row: 0))
            drawings.append(
                ContinuousClock().measure {
                    graph.draw(
                        layout, on: &canvas, in: canvas.bounds, offset: offset, selection: "S50")
                }.milliseconds)
            guard canvas.frame.text.contains("S50") else {
                throw BenchError(description: "the picture does not show the state")
            }
        }
        return [
            Row(name: "graph-layout", value: layouts.median), Row(name: "graph-draw", value: drawings.median),
        ]
    }

    private static var machine: JSON {
        var states = JSONObject()
        for number in 0..<98 {
            let next = JSON.string("S\(number + 1)")
            switch number % 10 {
            case 5:
                states["S\(number)"] = [
                    "Type": "Choice", "Default": next,
                    "Choices": [
                        ["Variable": "$.n", "NumericGreaterThan": 9, "Next": .string("S\(max(number - 7, 0))")],
                        ["Variable": "$.n", "NumericEquals": 3, "Next": .string("S\(min(number + 4, 98))")],
                    ],
                ]
            case 3, 8:
                states["S\(number)"] = [
                    "Type": "Task", "Resource": "arn:aws:lambda:us-east-1:000000000000:function:f", "Next": next,
                    "Catch": [["ErrorEquals": ["States.ALL"], "Next": "Undo"]],
                ]
            default: states["S\(number)"] = ["Type": "Pass", "Next": next]
            }
        }
        states["S98"] = ["Type": "Succeed"]
        states["Undo"] = ["Type": "Fail", "Error": "Undone"]
        return ["StartAt": "S0", "States": .object(states)]
    }
}
