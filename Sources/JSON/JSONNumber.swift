/// A number as it was written.
package struct JSONNumber: Hashable, Sendable {
    /// Valid JSON number text.
    package let text: String

    package init(_ value: Int) { text = String(value) }

    /// - Returns: `nil` when the value is not finite.
    package init?(_ value: Double) {
        guard value.isFinite else { return nil }
        if value == value.rounded(), abs(value) < 1e15 {
            text = String(Int64(value))
        } else {
            text = String(describing: value)
        }
    }

    /// - Parameter source: text that is known to be a JSON number; it is not checked.
    package init(source: String) { text = source }

    /// The value if it is whole and fits, however it was written (`1`, `1.0`, `1e2`).
    package var int: Int? {
        if let value = Int(text) { return value }
        guard let value = Double(text), value == value.rounded(), abs(value) < 9e15 else { return nil }
        return Int(value)
    }

    package var double: Double { Double(text) ?? .nan }
}
