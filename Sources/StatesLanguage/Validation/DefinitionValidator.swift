import JSON

package enum DefinitionValidator {
    /// Bytes of UTF-8.
    package static let largestDefinition = 1_048_576

    /// - Parameters:
    ///   - text: the definition as the client sent it.
    ///   - type: `STANDARD` or `EXPRESS`.
    /// - Returns: all findings, in AWS's order; none with severity error means that it can be created. Warnings are among them.
    /// - SeeAlso: `ValidateStateMachineDefinitionDiagnostic` in the API reference lists the codes.
    package static func diagnostics(of text: String, type: String) -> [DefinitionDiagnostic] {
        let bytes = Array(text.utf8)
        switch definition(in: bytes) {
        case .failure(let finding): return [finding]
        case .success(let machine):
            var inspection = DefinitionInspection(isExpress: type == "EXPRESS")
            inspection.inspect(machine: machine)
            inspection.add(DuplicateMembers.found(in: bytes))
            return inspection.findings
        }
    }

    private static func definition(in bytes: [UInt8]) -> Result<JSONObject, DefinitionDiagnostic> {
        guard bytes.count <= largestDefinition else {
            return .failure(.schema("Definition must not be longer than \(largestDefinition) bytes"))
        }
        let notAnObject = DefinitionDiagnostic.schema("Definition must be a valid JSON object")
        guard bytes.contains(where: { $0 > 0x20 }) else { return .failure(notAnObject) }
        do throws(JSONError) {
            let definition = try JSON(parsing: bytes)
            return definition.object.map(Result.success) ?? .failure(notAnObject)
        } catch {
            return .failure(DefinitionDiagnostic(.error, "INVALID_JSON_DESCRIPTION", describe(error, in: bytes)))
        }
    }

    static let invalidLabelCode = "INVALID_LABEL_NAME"

    /// What `InvalidDefinition` says: the errors, in one line.
    ///
    /// A label that cannot be is told before all else and in a form of its own, with the definition.
    ///
    /// - Parameter text: the definition; `nil` where it is not to be repeated.
    package static func invalidDefinitionMessage(
        _ diagnostics: [DefinitionDiagnostic], in text: String? = nil
    ) -> String {
        let errors = diagnostics.filter { $0.severity == .error }
        if let text, let label = errors.first(where: { $0.code == invalidLabelCode }) {
            return "Error=ValueError Args=[\(QuotedText.quote(label.message))] in definition '\(text)'."
        }
        let texts = errors.map { "\($0.code): \($0.message) at \($0.location ?? "null")" }
        return "Invalid State Machine Definition: '\(texts.joined(separator: ", "))'"
    }

    private static func describe(_ error: JSONError, in bytes: [UInt8]) -> String {
        let before = bytes.prefix(error.offset)
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return "\(error.problem) at line \(line), column \(error.offset - start + 1)"
    }
}

extension DefinitionDiagnostic {
    static func schema(_ message: String, at location: String? = nil) -> DefinitionDiagnostic {
        DefinitionDiagnostic(.error, "SCHEMA_VALIDATION_FAILED", message, at: location)
    }
}

/// A state on its own, as `TestState` takes it.
extension DefinitionValidator {
    static let loneStateName = "StateName"

    /// - Returns: all findings but those on where the state leads to.
    package static func diagnostics(ofState text: String) -> [DefinitionDiagnostic] {
        let bytes = Array(text.utf8)
        switch definition(in: bytes) {
        case .failure(let finding): return [finding]
        case .success(let state):
            var inspection = DefinitionInspection(isExpress: false)
            inspection.inspect(state: state)
            return inspection.findings
        }
    }

    static func machine(around state: JSON) -> JSON {
        ["StartAt": .string(loneStateName), "States": [loneStateName: state]]
    }
}
