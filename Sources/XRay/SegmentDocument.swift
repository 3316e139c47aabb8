import JSON
import Telemetry

/// Reads segment documents as the X-Ray SDKs send them.
///
/// - SeeAlso: "AWS X-Ray segment documents" in the X-Ray Developer Guide.
enum SegmentDocument {
    /// Why a document is not taken; X-Ray's code.
    struct Refusal: Error, Hashable {
        var id: String?
        var code: String
    }

    /// X-Ray's limit for a document, in bytes.
    private static let mostBytes = 65_536
    private static let longestName = 200

    static func read(_ text: String) throws(Refusal) -> TraceSegment {
        guard text.utf8.count <= mostBytes else { throw Refusal(code: "OversizedSegment") }
        guard let json = try? JSON(parsing: text), json.object != nil else { throw Refusal(code: "ParseError") }
        guard let id = json["id"]?.string else { throw Refusal(code: "MissingId") }
        guard isHexadecimal(id[...], count: 16) else { throw Refusal(id: id, code: "InvalidId") }
        guard let trace = json["trace_id"]?.string else { throw Refusal(id: id, code: "MissingTraceId") }
        guard isTraceID(trace) else { throw Refusal(id: id, code: "InvalidTraceId") }
        guard let name = json["name"]?.string, !name.isEmpty else { throw Refusal(id: id, code: "MissingName") }
        guard name.utf8.count <= longestName else { throw Refusal(id: id, code: "InvalidName") }
        guard let start = json["start_time"]?.double else { throw Refusal(id: id, code: "MissingStartTime") }
        guard start >= 0, start < 4e9 else { throw Refusal(id: id, code: "InvalidStartTime") }
        let isSubsegment = json["type"]?.string == "subsegment"
        let parent = json["parent_id"]?.string ?? ""
        if isSubsegment, parent.isEmpty { throw Refusal(id: id, code: "MissingParentId") }
        if !parent.isEmpty, !isHexadecimal(parent[...], count: 16) { throw Refusal(id: id, code: "InvalidParentId") }
        let end = try end(of: json, id)
        return TraceSegment(
            traceID: dashed(trace), id: id, parentID: parent, name: name, isSubsegment: isSubsegment,
            start: time(start), end: end, isError: json["error"]?.bool ?? false, isFault: json["fault"]?.bool ?? false,
            isThrottle: json["throttle"]?.bool ?? false, document: json)
    }

    private static func end(of json: JSON, _ id: String) throws(Refusal) -> Timestamp? {
        if json["in_progress"]?.bool == true { return nil }
        guard let end = json["end_time"]?.double else { throw Refusal(id: id, code: "MissingEndTime") }
        guard end >= 0, end < 4e9 else { throw Refusal(id: id, code: "InvalidEndTime") }
        return time(end)
    }

    private static func time(_ seconds: Double) -> Timestamp {
        Timestamp(microseconds: Int64((seconds * 1_000_000).rounded()))
    }

    /// `1-67891233-abcdef012345678912345678`, or the 32 digits of W3C.
    static func isTraceID(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        if parts.count == 1 { return isHexadecimal(text[...], count: 32) }
        return parts.count == 3 && parts[0] == "1" && isHexadecimal(parts[1], count: 8)
            && isHexadecimal(parts[2], count: 24)
    }

    private static func dashed(_ text: String) -> String {
        text.contains("-") ? text : "1-\(text.prefix(8))-\(text.dropFirst(8))"
    }

    private static func isHexadecimal(_ text: Substring, count: Int) -> Bool {
        text.utf8.count == count
            && text.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0 | 0x20)
            }
    }
}
