import JSON

extension LogBatch {
    /// `{"group", "stream", "function", "lines": [{"time", "requestId", "text" | "base64"}]}`.
    var json: JSON {
        let lines = entries.indices.map { index in
            var line = JSONObject()
            line["time"] = .int(Int(entries[index].time.microseconds))
            if let id = entries[index].requestID { line["requestId"] = .string(id.description) }
            let message = message(index)
            if let text = String(validating: message, as: UTF8.self) {
                line["text"] = .string(text)
            } else {
                line["base64"] = .string(Base64.encoded(message))
            }
            return JSON.object(line)
        }
        return .known([
            ("group", .string(group)), ("stream", .string(stream)), ("function", function.map(JSON.string)),
            ("lines", .array(lines)),
        ])
    }

    init(_ fields: Fields) throws(TelemetryFormatError) {
        self.init(
            group: try fields.string("group"), stream: try fields.string("stream"),
            function: fields.json["function"]?.string)
        guard let lines = fields.json["lines"]?.array else { throw fields.missing("lines") }
        for line in lines {
            let field = Fields(name: "log.lines", line)
            let bytes = try Fields.bytes(line, field)
            append(bytes, at: try field.time("time"), requestID: line["requestId"]?.string.flatMap { RequestID($0) })
        }
    }
}
