package import JSON

/// A segment or subsegment that a program sent itself, as the X-Ray SDKs do.
package struct TraceSegment: Hashable, Sendable {
    package var traceID: String
    package var id: String
    /// Empty for the first segment of a trace.
    package var parentID: String
    package var name: String
    /// It is a part of the segment that is its parent.
    package var isSubsegment: Bool
    package var start: Timestamp
    /// `nil` while it is in progress.
    package var end: Timestamp?
    package var isError: Bool
    package var isFault: Bool
    package var isThrottle: Bool
    /// The whole document as it was sent.
    package var document: JSON

    package init(
        traceID: String, id: String, parentID: String = "", name: String, isSubsegment: Bool = false, start: Timestamp,
        end: Timestamp? = nil, isError: Bool = false, isFault: Bool = false, isThrottle: Bool = false,
        document: JSON = .null
    ) {
        self.traceID = traceID
        self.id = id
        self.parentID = parentID
        self.name = name
        self.isSubsegment = isSubsegment
        self.start = start
        self.end = end
        self.isError = isError
        self.isFault = isFault
        self.isThrottle = isThrottle
        self.document = document
    }
}
