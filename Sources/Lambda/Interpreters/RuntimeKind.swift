/// What a runtime's name asks for.
enum RuntimeKind: Hashable, Sendable {
    /// With the version wanted: `3.12`.
    case python(String)
    /// With the major version wanted: `22`.
    case node(String)
    /// The package brings `bootstrap`.
    case provided
    case other

    init(_ name: String) {
        if name.hasPrefix("python") {
            self = .python(String(name.dropFirst(6)))
        } else if name.hasPrefix("nodejs") {
            self = .node(String(name.dropFirst(6).prefix { $0.isNumber }))
        } else if name.hasPrefix("provided") {
            self = .provided
        } else {
            self = .other
        }
    }

    /// All names that AWS knows; what else comes is refused.
    static let names: Set<String> = [
        "nodejs", "nodejs4.3", "nodejs6.10", "nodejs8.10", "nodejs10.x", "nodejs12.x", "nodejs14.x", "nodejs16.x",
        "java8",
        "java8.al2", "java11", "python2.7", "python3.6", "python3.7", "python3.8", "python3.9", "dotnetcore1.0",
        "dotnetcore2.0", "dotnetcore2.1", "dotnetcore3.1", "dotnet6", "dotnet8", "nodejs4.3-edge", "go1.x", "ruby2.5",
        "ruby2.7", "provided", "provided.al2", "nodejs18.x", "python3.10", "java17", "ruby3.2", "ruby3.3", "ruby3.4",
        "python3.11", "nodejs20.x", "provided.al2023", "python3.12", "java21", "python3.13", "nodejs22.x", "nodejs24.x",
        "python3.14", "java25", "dotnet10", "ruby4.0",
    ]
}
