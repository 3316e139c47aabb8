import JSON

/// A value with its text, which is made once.
struct Payload: Sendable {
    let value: JSON
    let text: String

    /// 256 KiB: what a state's input or output may hold.
    static let limit = 262_144

    init(_ value: JSON) {
        self.value = value
        text = value.text
    }

    var isTooBig: Bool { text.utf8.count > Self.limit }
}
