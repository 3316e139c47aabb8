import JSON
import StatesLanguage
import Testing

@testable import Demo

struct OrderFlowTests {
    private static let all = Set(DemoFunction.all.map(\.name))

    @Test(arguments: [all, all.subtracting(["notify-user"])])
    func `the workflow can be created`(functions: Set<String>) throws {
        let definition = try OrderFlow.definition(functions: functions)
        let findings = DefinitionValidator.diagnostics(of: definition.text, type: "STANDARD")
        #expect(findings.filter { $0.severity == .error } == [])
    }

    @Test func `it only calls functions that are deployed`() throws {
        let functions = Self.all.subtracting(["notify-user"])
        let text = try OrderFlow.definition(functions: functions).text
        #expect(!text.contains("function:notify-user"))
        #expect(text.contains("function:update-order"))
        #expect(OrderFlow.needs.allSatisfy(Self.all.contains))
    }
}
