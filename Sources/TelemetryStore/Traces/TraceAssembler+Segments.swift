import JSON
import Telemetry

extension TraceAssembler {
    private static let deepestDocument = 32

    /// A segment that a program sent, with the subsegments that its document holds.
    mutating func add(_ segment: TraceSegment) {
        var span = Trace.Span(
            id: segment.id, parentID: segment.parentID, kind: .segment, name: segment.name, start: segment.start,
            end: segment.end)
        span.status = Trace.Status.of(segment)
        fill(&span, from: segment.document)
        add(span)
        addParts(of: segment.document, parent: segment.id, depth: 0)
    }

    private mutating func addParts(of document: JSON, parent: String, depth: Int) {
        guard depth < Self.deepestDocument else { return }
        for part in document["subsegments"]?.array ?? [] where !isFull {
            guard let id = part["id"]?.string, let start = part["start_time"]?.double else { continue }
            let end = part["end_time"]?.double
            var span = Trace.Span(
                id: id, parentID: parent, kind: .segment, name: part["name"]?.string ?? id,
                start: Timestamp(epochSeconds: start), end: end.map { Timestamp(epochSeconds: $0) })
            span.status = Self.status(part)
            fill(&span, from: part)
            add(span)
            addParts(of: part, parent: id, depth: depth + 1)
        }
    }

    private static func status(_ part: JSON) -> Trace.Status {
        if part["fault"]?.bool == true { return .fault }
        if part["throttle"]?.bool == true { return .throttled }
        if part["error"]?.bool == true { return .error }
        return part["end_time"] == nil ? .running : .ok
    }

    private func fill(_ span: inout Trace.Span, from document: JSON) {
        span.document = document
        span.httpStatus = document["http"]?["response"]?["status"]?.int
        let aws = document["aws"]
        let texts = [aws?["operation"]?.string, aws?["table_name"]?.string ?? aws?["resource_names"]?[0]?.string]
        span.detail = texts.compactMap { $0 }.joined(separator: " ")
        if let table = aws?["table_name"]?.string { span.reference = .table(table) }
        guard span.isFailure else { return }
        let exception = document["cause"]?["exceptions"]?[0]
        let words = [exception?["type"]?.string, exception?["message"]?.string].compactMap { $0 }
        span.error = words.isEmpty ? span.name : words.joined(separator: ": ")
    }
}

extension Timestamp {
    /// Times out of all bounds become the nearest that are none.
    package init(epochSeconds: Double) {
        let microseconds = epochSeconds * 1_000_000
        self.init(microseconds: microseconds.isFinite ? Int64(min(max(microseconds.rounded(), 0), 4e15)) : 0)
    }
}
