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
        guard bytes.count <= largestDefinition else {
            return [.schema("Definition must not be longer than \(largestDefinition) bytes")]
        }
        guard bytes.contains(where: { $0 > 0x20 }) else { return [.schema("Definition must be a valid JSON object")] }
        let definition: JSON
        do throws(JSONError) {
            definition = try JSON(parsing: bytes)
        } catch {
            return [DefinitionDiagnostic(.error, "INVALID_JSON_DESCRIPTION", describe(error, in: bytes))]
        }
        guard let machine = definition.object else { return [.schema("Definition must be a valid JSON object")] }
        var inspection = DefinitionInspection(isExpress: type == "EXPRESS")
        inspection.inspect(machine: machine)
        inspection.add(DuplicateMembers.found(in: bytes))
        return inspection.findings
    }

    /// What `InvalidDefinition` says: the errors, in one line.
    package static func invalidDefinitionMessage(_ diagnostics: [DefinitionDiagnostic]) -> String {
        let errors = diagnostics.filter { $0.severity == .error }
            .map { "\($0.code): \($0.message) at \($0.location ?? "null")" }
        return "Invalid State Machine Definition: '\(errors.joined(separator: ", "))'"
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
