/// What an `X-Amzn-Trace-Id` header says: `Root=1-…;Parent=…;Sampled=1`.
///
/// Every hop of a trace (an API's request, an invocation, an execution, an attempt of a task, a call of a service) has a
/// segment id of its own, and passes the header on with that id as `Parent`.
package struct TraceHeader: Hashable, Sendable {
    /// `1-67891233-abcdef012345678912345678`; empty when there is no trace.
    package var root: String
    /// The segment of who sent it; empty when it does not say.
    package var parent: String
    /// `1`, `0`, `?`, or empty when it does not say.
    package var sampled: String
    /// Further fields as they came, such as `Lineage=…`.
    private var others: [Substring] = []

    /// A header from outside that is longer is no header.
    private static let longest = 512

    package init(root: String, parent: String = "", sampled: String = "1") {
        self.root = root
        self.parent = parent
        self.sampled = sampled
    }

    /// - Parameter text: empty or anything: what is not understood is left out.
    package init(_ text: String) {
        self.init(root: "", sampled: "")
        guard text.utf8.count <= Self.longest else { return }
        for part in text.split(separator: ";") {
            let field = part.drop { $0 == " " }
            let value = field.drop { $0 != "=" }.dropFirst()
            if field.hasPrefix("Root=") {
                root = String(value)
            } else if field.hasPrefix("Parent=") {
                parent = String(value)
            } else if field.hasPrefix("Sampled=") {
                sampled = String(value)
            } else if !value.isEmpty, !field.hasPrefix("Self=") {
                others.append(field)
            }
        }
    }

    package var text: String {
        var fields: [String] = []
        if !root.isEmpty { fields.append("Root=\(root)") }
        if !parent.isEmpty { fields.append("Parent=\(parent)") }
        if !sampled.isEmpty { fields.append("Sampled=\(sampled)") }
        return (fields + others.map(String.init)).joined(separator: ";")
    }

    package var isSampled: Bool { sampled == "1" }

    /// The header that a segment passes on.
    package func passed(on segment: String) -> TraceHeader {
        var header = self
        header.parent = segment
        return header
    }

    /// Goes on with a caller's trace, or begins one, as a segment of its own.
    package static func continued(_ text: String, as segment: String = newSegment()) -> TraceHeader {
        var header = TraceHeader(text)
        if header.root.isEmpty { header.root = newRoot() }
        if header.sampled.isEmpty || header.sampled == "?" { header.sampled = "1" }
        return header.passed(on: segment)
    }

    /// `1-67891233-abcdef012345678912345678`
    package static func newRoot(at time: Timestamp = .now()) -> String {
        let id = RequestID()
        return "1-\(hexadecimal(UInt64(clamping: time.seconds), digits: 8))-"
            + hexadecimal(id.high ^ id.low, digits: 16) + hexadecimal(id.low, digits: 8)
    }

    /// 16 hexadecimal digits.
    package static func newSegment() -> String {
        var generator = SystemRandomNumberGenerator()
        return hexadecimal(generator.next(), digits: 16)
    }

    /// The segment of a part of another one that is numbered in it: an event of an execution's history. Who passes it on and who
    /// draws the history find the same.
    package static func segment(of number: Int, in segment: String) -> String {
        var value: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in segment.utf8 { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
        value = (value ^ UInt64(bitPattern: Int64(number))) &* 0x100_0000_01B3
        value = (value ^ value >> 33) &* 0xFF51_AFD7_ED55_8CCD
        return hexadecimal(value ^ value >> 29, digits: 16)
    }

    private static func hexadecimal(_ value: UInt64, digits: Int) -> String {
        String(unsafeUninitializedCapacity: digits) { buffer in
            for place in 0..<digits {
                let digit = UInt8(truncatingIfNeeded: value >> UInt64((digits - 1 - place) * 4)) & 15
                buffer[place] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
            }
            return digits
        }
    }
}
