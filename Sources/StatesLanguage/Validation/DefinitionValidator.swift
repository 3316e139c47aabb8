/// What `ValidateStateMachineDefinition` finds.
package struct DefinitionDiagnostic: Hashable, Sendable {
    package var severity: Severity
    /// `SCHEMA_VALIDATION_FAILED`, `MISSING_TRANSITION_TARGET`, …
    package var code: String
    package var message: String
    /// A JSON pointer: `/States/UpdateOrder/Next`.
    package var location: String?

    package enum Severity: String, Hashable, Sendable {
        case error = "ERROR"
        case warning = "WARNING"
    }

    package init(_ severity: Severity, _ code: String, _ message: String, at location: String? = nil) {
        self.severity = severity
        self.code = code
        self.message = message
        self.location = location
    }
}

package enum DefinitionValidator {
    /// - Parameters:
    ///   - text: the definition as the client sent it.
    ///   - type: `STANDARD` or `EXPRESS`.
    /// - Returns: all findings, in AWS's order; none with severity error means that it can be created.
    package static func diagnostics(of text: String, type: String) -> [DefinitionDiagnostic] { [] }
}
