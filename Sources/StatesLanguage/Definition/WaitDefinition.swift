import JSON

/// How long a Wait state waits.
package enum WaitDefinition: Sendable {
    /// Seconds, or the path or expression of them.
    case seconds(PayloadTemplate)
    case timestamp(PayloadTemplate)

    init(_ source: JSON, language: QueryLanguage) {
        if let timestamp = PayloadTemplate.field("Timestamp", of: source, language: language) {
            self = .timestamp(timestamp)
        } else {
            self = .seconds(.field("Seconds", of: source, language: language) ?? .constant(0))
        }
    }
}
