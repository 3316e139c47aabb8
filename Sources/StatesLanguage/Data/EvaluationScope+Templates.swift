package import JSON
import JSONata

extension EvaluationScope {
    /// Fills a JSONPath template.
    ///
    /// - Parameters:
    ///   - document: what `$` is.
    ///   - field: the name to say when the template itself is a path that leads nowhere: `ErrorPath`.
    package func fill(_ template: PayloadTemplate, with document: JSON, field: String) throws(StateFailure) -> JSON {
        switch template {
        case .constant(let value): return value
        case .reference(let reference):
            if let found = value(reference, in: document) { return found }
            throw .runtime(
                "The JSONPath '\(reference.text)' specified for the field '\(field)' could not be found in the input "
                    + "'\(document.text)'")
        case .intrinsic(let intrinsic): return try call(intrinsic, with: document)
        case .array(let parts):
            var values: [JSON] = []
            values.reserveCapacity(parts.count)
            for part in parts { values.append(try fill(part, with: document, field: field)) }
            return .array(values)
        case .object(let members):
            var object = JSONObject()
            for member in members {
                object[member.name] = try fill(member.value, with: document, field: member.name + ".$")
            }
            return .object(object)
        case .unreadable(let text, let reason): throw .runtime("Invalid path '\(text)' : \(reason)")
        case .expression: throw .runtime("A JSONata expression stands in a JSONPath field")
        }
    }

    private func call(_ intrinsic: IntrinsicExpression, with document: JSON) throws(StateFailure) -> JSON {
        do throws(IntrinsicFailure) {
            return try intrinsic.evaluate(
                input: document, context: context, variables: variables, random: { self.random.next() })
        } catch {
            throw StateFailure(error.error, error.cause, origin: .processing)
        }
    }

    /// Evaluates a JSONata template.
    ///
    /// - Parameter field: its name in messages; members add theirs: `Output/name`.
    package func evaluate(
        _ template: PayloadTemplate, with states: StatesObject, field: String
    ) throws(StateFailure) -> JSON {
        switch template {
        case .constant(let value): return value
        case .expression(let expression): return try evaluate(expression, with: states, field: field)
        case .array(let parts):
            var values: [JSON] = []
            values.reserveCapacity(parts.count)
            for (place, part) in parts.enumerated() {
                values.append(try evaluate(part, with: states, field: "\(field)[\(place)]"))
            }
            return .array(values)
        case .object(let members):
            var object = JSONObject()
            for member in members {
                object[member.name] = try evaluate(member.value, with: states, field: "\(field)/\(member.name)")
            }
            return .object(object)
        case .unreadable(let text, let reason): throw failure(text, field, reason)
        case .reference, .intrinsic: throw .runtime("A JSONPath stands in a JSONata field")
        }
    }

    private func evaluate(
        _ expression: JSONataExpression, with states: StatesObject, field: String
    ) throws(StateFailure) -> JSON {
        var bindings = variables
        bindings["states"] = states.json(
            context: StatesObject.needsContext(expression.text) ? context : nil, input: input)
        do throws(JSONataError) {
            if let value = try expression.evaluate(nil, bindings: bindings, in: environment) { return value }
        } catch {
            throw failure(expression.text, field, "\(error.code): \(error.message)")
        }
        throw .query(
            "The JSONata expression '\(expression.text)' specified for the field '\(field)' returned nothing (undefined).",
            field: field)
    }

    private func failure(_ text: String, _ field: String, _ reason: String) -> StateFailure {
        .query(
            "The JSONata expression '\(text)' specified for the field '\(field)' threw an error during evaluation. \(reason)",
            field: field)
    }
}

/// `$states` beside its context and input.
package struct StatesObject: Sendable {
    package var result: JSON?
    package var errorOutput: JSON?

    package init(result: JSON? = nil, errorOutput: JSON? = nil) {
        self.result = result
        self.errorOutput = errorOutput
    }

    func json(context: JSON?, input: JSON) -> JSON {
        var object = JSONObject()
        object["input"] = input
        if let result { object["result"] = result }
        if let errorOutput { object["errorOutput"] = errorOutput }
        if let context { object["context"] = context }
        return .object(object)
    }

    /// Whether the expression may look at `$states.context`; making it costs more than most expressions.
    static func needsContext(_ expression: String) -> Bool {
        let bytes = Array(expression.utf8)
        let name = Array("$states".utf8)
        var place = 0
        while place + name.count <= bytes.count {
            guard bytes[place] == name[0], bytes[place..<place + name.count].elementsEqual(name) else {
                place += 1
                continue
            }
            place += name.count
            let rest = bytes[place...]
            let isPlain = [".input", ".result", ".errorOutput"].contains { rest.starts(with: $0.utf8) }
            guard isPlain else { return true }
        }
        return false
    }
}
