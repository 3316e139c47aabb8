/// The `Host` header of a request.
struct Host {
    /// In lower case, without the port.
    let name: String

    init(_ header: String) {
        var name = header.lowercased()[...]
        if name.hasPrefix("["), let end = name.firstIndex(of: "]") {
            name = name[name.index(after: name.startIndex)..<end]
        } else if let colon = name.lastIndex(of: ":"), name[name.index(after: colon)...].allSatisfy(\.isNumber) {
            name = name[..<colon]
        }
        // A name may end with the dot of the root: it means the same.
        if name.hasSuffix("."), name.count > 1 { name = name.dropLast() }
        self.name = String(name)
    }

    /// What SDKs put before the host of operations that stream logs.
    private static let streamingNames: Set<String> = [
        "stream-localhost", "streaming-localhost", "stream-127.0.0.1", "streaming-127.0.0.1",
    ]

    /// Whether the name can only mean this machine.
    var isLoopback: Bool {
        if Self.streamingNames.contains(name) { return true }
        if name == "localhost" || name.hasSuffix(".localhost") || name == "::1" { return true }
        let numbers = name.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy(Self.isByte)
    }

    private static func isByte(_ text: Substring) -> Bool {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } && UInt8(text) != nil
    }

    /// The API of `a1b2c3.execute-api.localhost` (with or without a region).
    var api: String? {
        let parts = name.split(separator: ".")
        guard parts.count >= 3, parts[1] == "execute-api" else { return nil }
        return String(parts[0])
    }
}
