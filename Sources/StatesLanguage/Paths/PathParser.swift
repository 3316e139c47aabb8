import JSON

/// Reads the text of a path. Text is taken by Unicode scalars, so that a combining mark after a bracket hides nothing.
struct PathParser {
    let scalars: [Unicode.Scalar]
    var offset = 0
    /// Filters and groups that are open.
    var depth = 0

    static let depthLimit = 32
    static let segmentLimit = 512

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    var current: Unicode.Scalar? { offset < scalars.count ? scalars[offset] : nil }

    func isNext(_ text: String) -> Bool {
        let wanted = text.unicodeScalars
        return offset + wanted.count <= scalars.count && zip(scalars[offset...], wanted).allSatisfy { $0 == $1 }
    }

    mutating func take(_ text: String) -> Bool {
        guard isNext(text) else { return false }
        offset += text.unicodeScalars.count
        return true
    }

    mutating func expect(_ text: String) throws(JSONPathError) {
        guard take(text) else { throw problem("'\(text)' is missing") }
    }

    mutating func skipSpace() {
        while let current, current == " " || current == "\t" || current == "\n" || current == "\r" { offset += 1 }
    }

    mutating func taking(while accepts: (Unicode.Scalar) -> Bool) -> String {
        var text = String.UnicodeScalarView()
        while let current, accepts(current) {
            text.append(current)
            offset += 1
        }
        return String(text)
    }

    func problem(_ text: String) -> JSONPathError {
        JSONPathError("Invalid path '\(whole)': \(text) at position \(offset)")
    }

    private var whole: String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    mutating func wholePath(root: String) throws(JSONPathError) -> [PathSegment] {
        try expect(root)
        let segments = try path()
        guard current == nil else { throw problem("a '.' or '[' is missing") }
        return segments
    }

    /// The steps after `$` or `@`; ends before what cannot continue a path.
    mutating func path() throws(JSONPathError) -> [PathSegment] {
        var segments: [PathSegment] = []
        while let current, current == "." || current == "[" {
            guard segments.count < Self.segmentLimit else { throw problem("more than \(Self.segmentLimit) steps") }
            if current == "[" {
                segments.append(try bracket())
            } else if take("..") {
                segments.append(.descent)
                segments.append(isNext("[") ? try bracket() : try dotted())
            } else {
                offset += 1
                segments.append(isNext("[") ? try bracket() : try dotted())
            }
        }
        return segments
    }

    /// What comes after a dot: `*`, a name or a function.
    private mutating func dotted() throws(JSONPathError) -> PathSegment {
        if take("*") { return .wildcard }
        let start = offset
        let name = try plainName()
        guard !name.isEmpty else { throw problem("a name is missing") }
        guard isNext("("), let function = try function(name) else {
            if isNext("(") {
                offset = start
                throw problem("'\(name)' is no function")
            }
            return .name(name)
        }
        return .function(function)
    }

    /// A backslash takes away the meaning of the character after it.
    private mutating func plainName() throws(JSONPathError) -> String {
        var name = String.UnicodeScalarView()
        while let scalar = current {
            if scalar == "\\" {
                offset += 1
                guard let escaped = current else { throw problem("a character is missing after '\\'") }
                name.append(escaped)
            } else if Self.ends(scalar) {
                break
            } else {
                name.append(scalar)
            }
            offset += 1
        }
        return String(name)
    }

    private static func ends(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case ".", "[", "]", "(", ")", " ", "\t", "\n", "\r", ",", "'", "\"", "*", "?", ":", "@", "=", "!", "<", ">",
            "&",
            "|", "~", "+", "/", "%", "^", "{", "}", ";", "`":
            true
        default: scalar.value < 0x20
        }
    }
}
