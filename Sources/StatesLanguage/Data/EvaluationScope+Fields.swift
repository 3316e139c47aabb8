package import JSON
import JSONata

extension EvaluationScope {
    /// A field that has a `…Path` beside it, or a JSONata expression.
    ///
    /// - Parameters:
    ///   - name: without `Path`.
    ///   - document: what `$` is.
    package func field(_ template: PayloadTemplate, _ name: String, in document: JSON) throws(StateFailure) -> JSON {
        switch language {
        case .jsonPath: try fill(template, with: document, field: name + "Path")
        case .jsonata: try evaluate(template, with: StatesObject(), field: name)
        }
    }

    /// A field of JSONata that must be of a type.
    package func typed(
        _ value: JSON, _ type: String, of template: PayloadTemplate, _ name: String
    ) throws(StateFailure) -> JSON {
        guard value.typeName != type else { return value }
        throw .query(
            "The JSONata expression '\(template.text)' specified for the field '\(name)' returned an unexpected result "
                + "type. Expected '\(type)', but was '\(value.typeName)' for value: \(value.text)", field: name)
    }

    /// A whole number of zero or more: concurrency, counts, seconds of a timeout.
    func count(_ template: PayloadTemplate, _ name: String, in document: JSON) throws(StateFailure) -> Int {
        let value = try field(template, name, in: document)
        if language == .jsonata {
            let number = try typed(value, "number", of: template, name)
            guard let count = number.int, count >= 0 else {
                throw .query("The \(name) field must be a non-negative integer but was: \(number.text)", field: name)
            }
            return count
        }
        guard let count = value.int ?? value.string.flatMap({ Int($0) }) else {
            throw .runtime(
                "The \(name)Path field refers to value \"\(value.string ?? value.text)\" which is not a valid integer: "
                    + template.text)
        }
        guard count >= 0 else { throw .runtime("\(name) cannot be negative.") }
        return count
    }
}

extension PayloadTemplate {
    /// The path or the expression as written.
    package var text: String {
        switch self {
        case .constant(let value): value.string ?? value.text
        case .reference(let reference): reference.text
        case .intrinsic(let intrinsic): intrinsic.text
        case .expression(let expression): expression.text
        case .unreadable(let text, _): text
        case .array, .object: ""
        }
    }
}

extension JSON {
    /// As messages name types.
    var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}
