/// An interpreter on this machine.
struct Interpreter: Hashable, Sendable {
    /// Of the program itself, not of what redirects to it.
    let path: String
    /// `3.11.7`
    let version: String
}

/// How a function's runtime is met here.
enum RuntimeResolution: Hashable, Sendable {
    case interpreter(Interpreter, warning: String?)
    /// The package's own `bootstrap`.
    case bootstrap
    case missing(reason: String)
}
