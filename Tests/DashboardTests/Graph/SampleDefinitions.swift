import JSON

/// Definitions of growing size: from one state to a hundred.
enum SampleDefinitions {
    static let all: [(name: String, definition: JSON)] = [
        ("one", flow("Only", ["Only": task()])),
        ("two", flow("First", ["First": task("Last"), "Last": end("Succeed")])),
        ("three with wait", flow("First", ["First": task("Pause"), "Pause": wait("Last"), "Last": end("Fail")])),
        ("self loop", flow("Again?", ["Again?": choice(["Again?"], "Done"), "Done": end("Succeed")])),
        ("catch", flow("Work", ["Work": task("Done", catching: ["Clean"]), "Clean": task("Done"), "Done": task()])),
        ("choice of two", flow("Pick", ["Pick": choice(["Left"], "Right"), "Left": task(), "Right": task()])),
        ("diamond", flow("Pick", ["Pick": choice(["A"], "B"), "A": task("Join"), "B": task("Join"), "Join": task()])),
        ("skip", flow("A", ["A": choice(["D"], "B"), "B": task("C"), "C": task("D"), "D": task()])),
        ("poll", poll),
        ("choice of eight", choiceOfEight),
        ("parallel", flow("Both", ["Both": parallel([chain("L", 2), chain("R", 1)], "Done"), "Done": task()])),
        ("map", flow("Each", ["Each": map(chain("Item", 2), "Done"), "Done": task()])),
        ("parallel in map in parallel", nested),
        ("order", order),
        ("all caught", allCaught(6)),
        ("missing target", flow("A", ["A": task("Nowhere"), "B": task("A")])),
        ("unreachable", flow("A", ["A": task("B"), "B": task(), "Island": task("Bridge"), "Bridge": task("B")])),
        ("no start", ["States": ["A": task("B"), "B": task()]]),
        ("wrong shapes", wrongShapes),
        ("empty container", flow("P", ["P": parallel([], "M"), "M": map(["States": [:]], nil)])),
        ("nested loops", nestedLoops),
        (
            "two way loop",
            flow("A", ["A": choice(["B"], "C"), "B": task("A"), "C": choice(["A", "B"], "D"), "D": task()])
        ),
        ("wide parallel", flow("All", ["All": parallel((1...7).map { chain("W\($0)-", $0 % 3 + 1) }, nil)])),
        ("long names", longNames),
        ("crossing", crossing),
        ("twenty", generated(20, seed: 20)),
        ("thirty", generated(30, seed: 3)),
        ("forty", generated(40, seed: 4)),
        ("sixty", generated(60, seed: 6)),
        ("hundred", generated(100, seed: 10)),
    ]

    static func flow(_ start: String, _ states: JSON) -> JSON { ["StartAt": .string(start), "States": states] }

    static func task(_ next: String? = nil, catching: [String] = []) -> JSON {
        var state: JSON = ["Type": "Task", "Resource": "arn:aws:states:::lambda:invoke"]
        if let next { state["Next"] = .string(next) } else { state["End"] = true }
        if !catching.isEmpty {
            state["Catch"] = .array(catching.map { ["ErrorEquals": [.string("Oops.\($0)")], "Next": .string($0)] })
        }
        return state
    }

    static func retried(_ state: JSON) -> JSON {
        var state = state
        state["Retry"] = [["ErrorEquals": ["States.ALL"]]]
        return state
    }

    static func wait(_ next: String) -> JSON { ["Type": "Wait", "Seconds": 5, "Next": .string(next)] }
    static func end(_ type: String) -> JSON { ["Type": .string(type)] }

    static func choice(_ ways: [String], _ otherwise: String?) -> JSON {
        let rules = ways.enumerated().map { index, next -> JSON in
            ["Variable": "$.way", "NumericEquals": .int(index), "Next": .string(next)]
        }
        var state: JSON = ["Type": "Choice", "Choices": .array(rules)]
        if let otherwise { state["Default"] = .string(otherwise) }
        return state
    }

    static func parallel(_ branches: [JSON], _ next: String?) -> JSON {
        var state = task(next)
        state["Type"] = "Parallel"
        state["Branches"] = .array(branches)
        return state
    }

    static func map(_ processor: JSON, _ next: String?) -> JSON {
        var state = task(next)
        state["Type"] = "Map"
        state["ItemProcessor"] = processor
        return state
    }

    static func chain(_ prefix: String, _ count: Int) -> JSON {
        var states: JSON = [:]
        for index in 1...count { states["\(prefix)\(index)"] = task(index < count ? "\(prefix)\(index + 1)" : nil) }
        return flow("\(prefix)1", states)
    }

    private static let poll = flow(
        "Submit",
        [
            "Submit": task("Wait", catching: ["Failed"]), "Wait": wait("Status"),
            "Status": task("Complete?", catching: ["Failed"]), "Complete?": choice(["Failed", "Final"], "Wait"),
            "Final": task("Again?"), "Again?": choice(["Submit"], "End"), "End": end("Succeed"), "Failed": end("Fail"),
        ])

    private static let choiceOfEight: JSON = {
        let names = ["North", "East", "South", "West", "Up", "Down", "In"]
        var states: JSON = ["Route": choice(names, "Out")]
        for name in names + ["Out"] { states[name] = task("Join") }
        states["Join"] = task()
        return flow("Route", states)
    }()

    private static let nested = flow(
        "Outer",
        [
            "Outer": parallel(
                [
                    flow(
                        "Each", ["Each": map(flow("In", ["In": parallel([chain("X", 2), chain("Y", 1)], nil)]), nil)]),
                    chain("Z", 3),
                ], "Done"),
            "Done": end("Succeed"),
        ])

    static let order = flow(
        "RecordOrder",
        [
            "RecordOrder": task("QueryUser"), "QueryUser": task("InStock?"),
            "InStock?": choice(["ProcessPayment"], "Backorder"),
            "ProcessPayment": task("Finish", catching: ["Refund"]), "Refund": task("Done"),
            "Finish": parallel(
                [
                    flow(
                        "UpdateOrder",
                        ["UpdateOrder": retried(task("Invoices")), "Invoices": map(chain("Invoice", 1), nil)]),
                    flow("NotifyUser", ["NotifyUser": task()]),
                ], "Done"),
            "Backorder": task("Done"), "Done": end("Succeed"),
        ])

    private static func allCaught(_ count: Int) -> JSON {
        var states: JSON = [:]
        for index in 1...count {
            states["Step\(index)"] = task(index < count ? "Step\(index + 1)" : "Done", catching: ["Undo"])
        }
        states["Undo"] = task("Failed")
        states["Failed"] = end("Fail")
        states["Done"] = end("Succeed")
        return flow("Step1", states)
    }

    private static let wrongShapes: JSON = [
        "StartAt": 7,
        "States": ["A": "text", "B": ["Type": 3, "Next": ["C"]], "C": ["Type": "Choice", "Choices": 1]],
    ]

    private static let nestedLoops = flow(
        "A",
        [
            "A": task("B"), "B": task("C"), "C": choice(["B", "C"], "D"), "D": choice(["A", "B"], "E"),
            "E": choice(["A"], "F"), "F": task(),
        ])

    private static let longNames = flow(
        "Validate the order that the customer has sent",
        [
            "Validate the order that the customer has sent": task("Größe prüfen"),
            "Größe prüfen": task("注文を記録する"), "注文を記録する": choice(["Validate the order that the customer has sent"], "E"),
            "E": end("Succeed"),
        ])

    private static let crossing = flow(
        "Pick",
        [
            "Pick": choice(["A", "B"], "C"), "A": choice(["X", "Y"], "Z"), "B": choice(["Z", "X"], "Y"),
            "C": choice(["X", "Z"], "Y"), "X": task("End"), "Y": task("End"), "Z": task("End"), "End": task(),
        ])

    /// A chain with choices, loops, containers and catches thrown in.
    static func generated(_ count: Int, seed: UInt64) -> JSON {
        var random = SmallRandom(seed: seed)
        var states: JSON = [:]
        func name(_ index: Int) -> String { "S\(max(0, min(index, count - 1)))" }
        for index in 0..<count {
            let next = index == count - 1 ? nil : name(index + 1)
            switch random.next(10) {
            case 0, 1:
                var ways = (0...random.next(3)).map { _ in name(index + 1 + random.next(6)) }
                if random.next(3) == 0 { ways.append(name(index - 1 - random.next(5))) }
                states[name(index)] = choice(ways, next)
            case 2:
                let branches = (0...random.next(3)).map { chain("\(name(index))b\($0)-", 1 + random.next(3)) }
                states[name(index)] = parallel(branches, next)
            case 3: states[name(index)] = map(chain("\(name(index))i", 1 + random.next(2)), next)
            case 4: states[name(index)] = task(next, catching: [name(count - 2)])
            default: states[name(index)] = task(next, catching: random.next(5) == 0 ? [name(index + 3)] : [])
            }
        }
        return flow(name(0), states)
    }
}

/// Numbers that are the same on every run (xorshift).
struct SmallRandom {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state >> 33) % max(bound, 1)
    }
}
