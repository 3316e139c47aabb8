import JSON
import Telemetry

extension JSON {
    /// A time as AWS JSON has it: seconds since 1970 with milliseconds.
    static func date(_ time: Timestamp) -> JSON { .double(Double(time.milliseconds) / 1000) }

    /// An object without the members that are not there.
    static func members(_ members: KeyValuePairs<String, JSON?>) -> JSON {
        var object = JSONObject()
        for (name, value) in members {
            if let value { object[name] = value }
        }
        return .object(object)
    }

    static func text(_ text: String?) -> JSON? { text.map(JSON.string) }
}

extension JSONObject {
    init(_ members: [(String, JSON)]) {
        self.init()
        for (name, value) in members { self[name] = value }
    }
}

extension JSON {
    /// A time as it is written down here: microseconds since 1970.
    static func microseconds(_ time: Timestamp) -> JSON { .number(JSONNumber(source: String(time.microseconds))) }

    var timestamp: Timestamp? { number.flatMap { Int64($0.text) }.map(Timestamp.init(microseconds:)) }
}
