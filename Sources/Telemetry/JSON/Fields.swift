import JSON

/// The members of a JSON object, read with names in the errors.
struct Fields {
    let name: String
    let json: JSON

    init(name: String, _ json: JSON) {
        self.name = name
        self.json = json
    }

    func string(_ key: String) throws(TelemetryFormatError) -> String {
        guard let value = json[key]?.string else { throw missing(key) }
        return value
    }

    func int(_ key: String) throws(TelemetryFormatError) -> Int {
        guard let value = json[key]?.int else { throw missing(key) }
        return value
    }

    func time(_ key: String) throws(TelemetryFormatError) -> Timestamp {
        Self.time(try int(key))
    }

    func span(_ key: String) -> Microseconds? {
        json[key]?.int.map { Microseconds(Self.bounded($0)) }
    }

    /// About 2096-10-02: nothing here is later, and sums of two such times still fit.
    private static let latest: Int64 = 4_000_000_000_000_000

    static func time(_ microseconds: Int) -> Timestamp { Timestamp(microseconds: bounded(microseconds)) }

    private static func bounded(_ value: Int) -> Int64 { min(max(Int64(value), 0), latest) }

    func request(_ key: String) throws(TelemetryFormatError) -> RequestID {
        guard let id = RequestID(try string(key)) else { throw missing(key) }
        return id
    }

    func text(_ key: String) -> String { json[key]?.string ?? "" }

    /// A count or size, from 0 to 2⁵³.
    func count(_ key: String) -> Int { min(max(json[key]?.int ?? 0, 0), 1 << 53) }

    func strings(_ key: String) -> [String] { (json[key]?.array ?? []).compactMap(\.string) }

    func payload(_ key: String) throws(TelemetryFormatError) -> Payload {
        guard let json = json[key] else { return Payload() }
        let bytes = try Self.bytes(json, Fields(name: "\(name).\(key)", json))
        return Payload(bytes: bytes, totalCount: min(max(json["totalCount"]?.int ?? bytes.count, bytes.count), 1 << 53))
    }

    /// Bytes as `{"text": …}` or, when they are not UTF-8, `{"base64": …}`.
    static func bytes(_ json: JSON, _ fields: Fields) throws(TelemetryFormatError) -> [UInt8] {
        if let text = json["text"]?.string { return Array(text.utf8) }
        if let text = json["base64"]?.string, let bytes = Base64.decoded(text) { return bytes }
        throw fields.missing("text")
    }

    func missing(_ key: String) -> TelemetryFormatError {
        TelemetryFormatError(description: "\(name) needs a proper \"\(key)\"")
    }
}

extension JSONObject {
    /// An object without the members that are not known.
    init(known members: [(String, JSON?)]) {
        self.init()
        for (name, value) in members { self[name] = value }
    }
}

extension JSON {
    static func known(_ members: [(String, JSON?)]) -> JSON { .object(JSONObject(known: members)) }

    static func span(_ value: Microseconds?) -> JSON? { value.map { .int(Int($0.count)) } }

    static func time(_ value: Timestamp?) -> JSON? { value.map { .int(Int($0.microseconds)) } }

    /// `nil` for what goes without saying.
    static func text(_ value: String?) -> JSON? { (value?.isEmpty ?? true) ? nil : value.map(JSON.string) }

    static func positive(_ value: Int) -> JSON? { value > 0 ? .int(value) : nil }

    static func strings(_ values: [String]) -> JSON? { values.isEmpty ? nil : .array(values.map(JSON.string)) }

    static func payload(_ value: Payload) -> JSON? {
        guard value.totalCount > 0 else { return nil }
        var json = bytes(value.bytes)
        if value.isCut { json["totalCount"] = .int(value.totalCount) }
        return json
    }

    static func bytes(_ bytes: some Collection<UInt8>) -> JSON {
        if let text = String(validating: bytes, as: UTF8.self) { return ["text": .string(text)] }
        return ["base64": .string(Base64.encoded(bytes))]
    }
}
