/// Makes lines of pieces that break anywhere.
struct LineSplitter {
    private var rest: [UInt8] = []
    private(set) var dropped = 0
    private var isSkipping = false

    /// A longer line is dropped and counted.
    private static let longest = 16 * 1024 * 1024

    mutating func split(_ piece: [UInt8]) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var start = 0
        while let end = piece[start...].firstIndex(of: 0x0A) {
            if isSkipping {
                isSkipping = false
            } else if rest.isEmpty {
                lines.append(Array(piece[start..<end]))
            } else {
                lines.append(rest + piece[start..<end])
            }
            rest = []
            start = end + 1
        }
        guard !isSkipping else { return lines }
        rest += piece[start...]
        if rest.count > Self.longest {
            rest = []
            isSkipping = true
            dropped += 1
        }
        return lines
    }

    mutating func takeDropped() -> Int {
        defer { dropped = 0 }
        return dropped
    }
}
