import JSON

/// What a function with `ReportBatchItemFailures` said of a batch.
///
/// - SeeAlso: AWS Lambda Developer Guide, "Configuring partial batch response with DynamoDB and Lambda".
enum BatchResponse: Hashable {
    case success
    /// All before that record went well.
    case failedFrom(Int)
    /// Also when the answer names a record that was not sent, or none.
    case failed

    /// - Parameters:
    ///   - payload: the function's answer.
    ///   - sequences: of the records that were sent.
    init(_ payload: [UInt8], sequences: some Collection<String>) {
        guard !payload.isEmpty else {
            self = .success
            return
        }
        guard let json = try? JSON(parsing: payload), json.isNull || json.object != nil else {
            self = .failed
            return
        }
        let failures = json["batchItemFailures"] ?? .null
        guard !failures.isNull else {
            self = .success
            return
        }
        guard let list = failures.array else {
            self = .failed
            return
        }
        var first: Int?
        for failure in list {
            guard let id = failure["itemIdentifier"]?.string,
                let place = sequences.firstIndex(of: id).map({ sequences.distance(from: sequences.startIndex, to: $0) })
            else {
                self = .failed
                return
            }
            first = min(first ?? place, place)
        }
        self = first.map { .failedFrom($0) } ?? .success
    }
}
