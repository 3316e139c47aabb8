import Telemetry
import TelemetryStore
import Terminal

/// How a log line is coloured.
enum LogInk {
    /// A colour of its own for each function, the same at all times; none that a theme has for errors or warnings too.
    static func role(of function: String) -> Role {
        let roles: [Role] = [.series1, .series4, .series5, .info, .string]
        var hash: UInt64 = 14_695_981_039_346_656_037
        for byte in function.utf8 { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
        return roles[Int(hash >> 32) % roles.count]
    }

    static func role(of level: LogLevel) -> Role {
        switch level {
        case .error, .fatal: .error
        case .warn: .warn
        case .info: .info
        case .none, .trace, .debug: .dim
        }
    }

    /// The style of a message's own text.
    static func text(_ level: LogLevel, _ form: LogMessage.Form) -> Style {
        switch level {
        case .error, .fatal: Style(.error)
        case .warn: Style(.warn)
        case .trace, .debug: Style(.dim)
        case .info, .none: Style(form == .platform ? .dim : .text)
        }
    }

    static func style(_ ink: LogMessage.Ink, _ text: Style, _ form: LogMessage.Form) -> Style {
        switch ink {
        case .text: text
        case .key, .dim: Style(.dim)
        case .value: Style(form == .platform ? .dim : .string)
        case .label: form == .platform && text.foreground == .dim ? Style(.dim, on: .background, .bold) : text
        }
    }

    /// The message in runs, matches of the filter marked.
    static func runs(_ line: LogLine, filter: LogFilter, limit: Int, isContext: Bool = false) -> [Run] {
        let message = LogMessage(line, limit: limit)
        let text = isContext ? Style(.dim) : text(line.level, message.form)
        return message.pieces.flatMap { piece -> [Run] in
            let style = isContext ? Style(.dim) : style(piece.ink, text, message.form)
            guard !isContext, piece.ink != .key else { return [Run(decoded(piece.bytes[...]), style)] }
            return marked(piece.bytes, filter.highlights(in: piece.bytes), style)
        }
    }

    private static func marked(_ bytes: [UInt8], _ matches: [Range<Int>], _ style: Style) -> [Run] {
        var runs: [Run] = []
        var place = 0
        for match in matches where match.lowerBound >= place && match.upperBound <= bytes.count && !match.isEmpty {
            if match.lowerBound > place { runs.append(Run(decoded(bytes[place..<match.lowerBound]), style)) }
            runs.append(Run(decoded(bytes[match]), style.on(.match)))
            place = match.upperBound
        }
        if place < bytes.count { runs.append(Run(decoded(bytes[place...]), style)) }
        return runs
    }

    static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
        // A tab is as wide wherever a line is cut.
        guard bytes.contains(0x09) else { return String(decoding: bytes, as: UTF8.self) }
        return String(decoding: bytes.flatMap { $0 == 0x09 ? tab : [$0] }, as: UTF8.self)
    }

    private static let tab = Array("    ".utf8)
}
