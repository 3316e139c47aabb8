import AWSCore
import JSON
import StatesLanguage

enum ValidateStateMachineDefinition: ServiceOperation {
    static let name = "ValidateStateMachineDefinition"

    static func run(_ json: JSON, call: CallContext, in context: Workflows) async throws(ServiceError) -> JSON {
        let input = Input(json)
        let text = try input.required("definition", atLeast: 0, atMost: 1_048_576)
        let type = try input.choice("type", of: ["STANDARD", "EXPRESS"]) ?? "STANDARD"
        let severity = try input.choice("severity", of: ["ERROR", "WARNING"]) ?? "ERROR"
        let most = try input.int("maxResults", in: 0...100) ?? 100
        let all = DefinitionValidator.diagnostics(of: text, type: type)
        let findings = all.filter { severity == "WARNING" || $0.severity == .error }
        let limit = most == 0 ? 100 : most
        let diagnostics = findings.prefix(limit).map { finding in
            JSON.members([
                "severity": .string(finding.severity.rawValue), "code": .string(finding.code),
                "message": .string(finding.message), "location": .text(finding.location),
            ])
        }
        return [
            "result": .string(all.contains { $0.severity == .error } ? "FAIL" : "OK"),
            "diagnostics": .array(diagnostics), "truncated": .bool(findings.count > limit),
        ]
    }
}
