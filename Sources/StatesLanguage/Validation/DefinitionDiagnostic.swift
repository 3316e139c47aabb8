/// What `ValidateStateMachineDefinition` finds.
package struct DefinitionDiagnostic: Error, Hashable, Sendable {
    package var severity: Severity
    /// `SCHEMA_VALIDATION_FAILED`, `MISSING_TRANSITION_TARGET`, …
    package var code: String
    package var message: String
    /// Names joined by slashes as they are written, places of arrays in brackets: `/States/Choose/Choices[0]/Next`.
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
