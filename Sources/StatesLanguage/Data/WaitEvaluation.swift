package import JSON
package import Telemetry

extension EvaluationScope {
    /// The longest that a state can wait: 2^31 - 1 seconds.
    private static let longestWait: Int64 = 2_147_483_647

    /// When a Wait state goes on.
    ///
    /// - Parameters:
    ///   - document: the effective input.
    ///   - entered: when the waiting began.
    package func end(
        of wait: WaitDefinition, _ document: JSON, entered: Timestamp
    ) throws(StateFailure) -> Timestamp {
        let end =
            switch wait {
            case .seconds(let template): entered + .seconds(try seconds(template, document))
            case .timestamp(let template): try timestamp(template, document)
            }
        guard (end - entered).count <= Self.longestWait * 1_000_000 else {
            throw .runtime("Wait state delay is too long.")
        }
        return end
    }

    private func seconds(_ template: PayloadTemplate, _ document: JSON) throws(StateFailure) -> Int64 {
        let value = try field(template, "Seconds", in: document)
        if language == .jsonata {
            let number = try typed(value, "number", of: template, "Seconds")
            guard let seconds = number.number?.int, seconds >= 0 else {
                throw .query(
                    "The Seconds field must be a non-negative integer but was: \(number.text)", field: "Seconds")
            }
            return Int64(seconds)
        }
        let text = value.string ?? value.text
        guard let seconds = Int64(text) else {
            throw .runtime("The SecondsPath parameter cannot be parsed as a long value: \(template.text) == \(text)")
        }
        guard seconds >= 0 else {
            throw .runtime("The SecondsPath parameter references a negative value: \(template.text) == \(text)")
        }
        return seconds
    }

    private func timestamp(_ template: PayloadTemplate, _ document: JSON) throws(StateFailure) -> Timestamp {
        let value = try field(template, "Timestamp", in: document)
        let text = value.string ?? value.text
        if let time = ISOTimestamp.parse(text) { return time }
        if language == .jsonata {
            throw .query(
                "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: \(text)",
                field: "Timestamp")
        }
        throw .runtime(
            "The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: "
                + "\(template.text) == \(text)")
    }
}
