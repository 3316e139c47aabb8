import JSON
import JSONata

extension PathParser {
    /// `/…/` with the flags `i` and `m`, which stands here.
    mutating func pattern() throws(JSONPathError) -> PathPattern {
        let start = offset
        try expect("/")
        let source = try patternSource()
        let flags = taking { $0 == "i" || $0 == "m" }
        do {
            return try PathPattern(source: source, flags: flags)
        } catch {
            offset = start
            throw problem("no regular expression: \(error.message)")
        }
    }

    private mutating func patternSource() throws(JSONPathError) -> String {
        var source = String.UnicodeScalarView()
        while let scalar = current {
            offset += 1
            if scalar == "/" { return String(source) }
            source.append(scalar)
            if scalar == "\\", let escaped = current {
                source.append(escaped)
                offset += 1
            }
        }
        throw problem("a closing '/' is missing")
    }
}
