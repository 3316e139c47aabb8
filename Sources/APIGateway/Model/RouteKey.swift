import AWSCore

/// What a route answers: `POST /order`, `ANY /items/{proxy+}` or `$default`.
struct RouteKey: Hashable, Sendable {
    let text: String
    /// `nil` for `$default`.
    let method: String?
    private let parts: [Part]

    private enum Part: Hashable, Sendable {
        case literal(String)
        case parameter(String)
        case greedy(String)
    }

    private static let methods = ["ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]

    /// - Throws: `BadRequestException` when the key is none.
    init(_ text: String) throws(ServiceError) {
        self.text = text
        guard text != "$default" else {
            method = nil
            parts = []
            return
        }
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, Self.methods.contains(String(words[0])), words[1].hasPrefix("/") else {
            throw ServiceError(
                "BadRequestException",
                "The provided route key is not formatted properly for HTTP protocol. Format should be "
                    + "\"<HTTP METHOD> /<RESOURCE PATH>\" or \"$default\"")
        }
        method = String(words[0])
        parts = words[1].split(separator: "/").map { part in
            guard part.hasPrefix("{"), part.hasSuffix("}") else { return .literal(String(part)) }
            let name = part.dropFirst().dropLast()
            return name.hasSuffix("+") ? .greedy(String(name.dropLast())) : .parameter(String(name))
        }
    }

    /// How well the route fits a request; the highest wins. `nil` when it does not fit.
    ///
    /// A full match goes before a greedy one, a greedy one before `$default`; literals before parameters; a method before
    /// ANY. (API Gateway Developer Guide, "Routing API requests".)
    func match(method: String, path: [String]) -> (rank: [Int], parameters: [String: String])? {
        guard let wanted = self.method else { return ([0], [:]) }
        guard wanted == "ANY" || wanted == method else { return nil }
        var parameters: [String: String] = [:]
        var rank: [Int] = []
        var isGreedy = false
        for (index, part) in parts.enumerated() {
            switch part {
            case .literal(let text):
                guard index < path.count, path[index] == text else { return nil }
                rank.append(2)
            case .parameter(let name):
                guard index < path.count else { return nil }
                parameters[name] = PercentEncoding.decoded(path[index])
                rank.append(1)
            case .greedy(let name):
                guard index < path.count else { return nil }
                parameters[name] = PercentEncoding.decoded(path[index...].joined(separator: "/"))
                isGreedy = true
            }
        }
        guard isGreedy || parts.count == path.count else { return nil }
        return ([isGreedy ? 1 : 2] + rank + [wanted == "ANY" ? 0 : 1], parameters)
    }
}
