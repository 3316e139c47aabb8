import AWSCore

/// How a request names a function: by name, partial ARN or ARN, each with or without a qualifier.
struct FunctionReference: Hashable {
    let name: String
    let qualifier: String?

    /// - Throws: `ValidationException` for what cannot be a name.
    ///
    /// A qualifier in the text goes before one beside it; AWS wants them to be the same.
    init(_ text: String, qualifier: String? = nil) throws(ServiceError) {
        var parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        if parts.first == "arn" { parts = parts.count > 5 ? Array(parts.dropFirst(5)) : [] }
        if parts.count > 2, let place = parts.firstIndex(of: "function") { parts = Array(parts[place...]) }
        if parts.first == "function" { parts.removeFirst() }
        guard let name = parts.first, parts.count <= 2, Self.isName(name), text.utf8.count <= 256 else {
            throw .constraint(
                text, at: "functionName",
                "satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?"
                    + "([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)"
                    + "(:(\\$LATEST|[a-zA-Z0-9-_]+))?")
        }
        self.name = name
        self.qualifier = parts.count == 2 ? parts[1] : qualifier
        guard parts.count < 2 || qualifier == nil || qualifier == parts[1] else {
            throw .invalid("The derived qualifier from the function name does not match the specified qualifier.")
        }
        guard self.qualifier.map(Self.isQualifier) != false else {
            throw .constraint(
                self.qualifier ?? "", at: "qualifier", "satisfy regular expression pattern: (|[a-zA-Z0-9$_-]+)")
        }
    }

    /// - Parameter name: of a function that there is.
    init(name: String, qualifier: String?) { (self.name, self.qualifier) = (name, qualifier) }

    /// The function's ARN with the qualifier as it was given.
    func arn(of function: LambdaFunction) -> String { qualifier.map { "\(function.arn):\($0)" } ?? function.arn }

    private static func isQualifier(_ text: String) -> Bool { text == VersionName.latest || isName(text) }

    static func isName(_ name: String) -> Bool {
        (1...140).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                byte == 0x2D || byte == 0x5F || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
            }
    }
}
