import HTTPTransport

/// Where a runtime listens: `http://127.0.0.1:4566`.
struct EndpointAddress: Hashable, CustomStringConvertible {
    static let standardPort = 4566

    let host: String
    let port: Int

    /// - Parameter text: `http://host:port`, `host:port`, `:port`, `host` or a port alone.
    /// - Throws: ``Failure`` that says what was expected.
    init(_ text: String) throws {
        var rest = text[...]
        if rest.hasPrefix("https://") {
            throw Failure("\(text): only http:// endpoints can be attached to.", status: .wrongUsage)
        }
        if rest.hasPrefix("http://") { rest = rest.dropFirst("http://".count) }
        rest = rest.prefix { $0 != "/" }
        if let port = Int(rest) {
            self = try EndpointAddress(host: "127.0.0.1", port: port, text: text)
            return
        }
        guard let colon = rest.lastIndex(of: ":"), !rest.hasSuffix("]") else {
            self = try EndpointAddress(host: String(rest), port: 80, text: text)
            return
        }
        guard let port = Int(rest[rest.index(after: colon)...]) else {
            throw Failure("\(text) is no address; write http://127.0.0.1:4566", status: .wrongUsage)
        }
        self = try EndpointAddress(host: String(rest[..<colon]), port: port, text: text)
    }

    private init(host: String, port: Int, text: String) throws {
        let name = host.isEmpty ? "127.0.0.1" : host.trimmingBrackets
        guard (1...65535).contains(port), name.allSatisfy({ !$0.isWhitespace }) else {
            throw Failure("\(text) is no address; write http://127.0.0.1:4566", status: .wrongUsage)
        }
        self.host = name == "localhost" ? "127.0.0.1" : name
        self.port = port
    }

    var description: String {
        "http://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }
}

extension String {
    fileprivate var trimmingBrackets: String {
        hasPrefix("[") && hasSuffix("]") ? String(dropFirst().dropLast()) : self
    }
}
