/// A template in the Velocity Template Language, as far as API Gateway's mapping templates go.
///
/// It is read once. Running it is bounded: so many steps, so many turns of a loop, so much text.
package struct VelocityTemplate: Sendable {
    let nodes: [Node]

    /// Larger templates are refused, as API Gateway does (300 KB).
    package static let sizeLimit = 300 * 1024

    /// - Throws: where the text is no template.
    package init(_ source: String) throws(VelocityError) {
        guard source.utf8.count <= Self.sizeLimit else {
            throw VelocityError("a template has at most \(Self.sizeLimit) bytes, this one has \(source.utf8.count)")
        }
        var parser = Parser(Array(source.utf8))
        nodes = try parser.template()
    }

    /// - Parameter globals: the references that are there from the start: `input`, `context`, `util`.
    package func render(_ globals: [String: VelocityValue]) throws(VelocityError) -> String {
        var renderer = Renderer(globals: globals)
        var output: [UInt8] = []
        _ = try renderer.run(nodes, into: &output)
        return String(decoding: output, as: UTF8.self)
    }
}

/// What running a template may take.
enum Limits {
    static let steps = 2_000_000
    /// API Gateway's quota for one `#foreach`.
    static let turns = 1000
    /// Bytes of the output and of any string on the way: API Gateway's payload limit.
    static let text = 10 * 1024 * 1024
    static let elements = 200_000
    /// How deep directives, parentheses and values may nest.
    static let depth = 64
}
