import AWSCore
import JSON

/// A part of the results of GetMetricData: at most `MaxDatapoints` of all of them, from `NextToken` on.
enum MetricDataPage {
    private static let most = 100_800

    /// - Parameter results: all of them, whole.
    static func json(_ results: [JSON], _ input: JSON) throws(ServiceError) -> JSON {
        let limit = MetricInput.int(input["MaxDatapoints"]) ?? most
        guard (1...most).contains(limit) else {
            throw ServiceError("ValidationError", "The parameter MaxDatapoints is 1 to \(most), not \(limit).")
        }
        let start = try start(input["NextToken"])
        var page: [JSON] = []
        var place = 0
        var rest = limit
        var isCut = false
        for result in results {
            let count = result["Values"]?.array?.count ?? 0
            defer { place += count }
            // Results that an earlier page had whole; those without data are on the first page.
            guard place + count > start || (start == 0 && count == 0) else { continue }
            let skipped = max(start - place, 0)
            let taken = min(count - skipped, rest)
            rest -= taken
            if taken < count - skipped { isCut = true }
            guard taken > 0 || count == 0 else { continue }
            page.append(part(result, skipped..<(skipped + taken), isWhole: skipped + taken == count))
        }
        var output: JSON = ["MetricDataResults": .array(page), "Messages": []]
        if isCut { output["NextToken"] = .string(String(start + limit)) }
        return output
    }

    private static func start(_ token: JSON?) throws(ServiceError) -> Int {
        guard let text = token?.string else { return 0 }
        guard let start = Int(text), start >= 0 else {
            throw ServiceError("InvalidNextToken", "The next token specified is invalid.")
        }
        return start
    }

    private static func part(_ result: JSON, _ range: Range<Int>, isWhole: Bool) -> JSON {
        var part = result
        for name in ["Timestamps", "Values"] { part[name] = .array(Array((result[name]?.array ?? [])[range])) }
        if !isWhole { part["StatusCode"] = "PartialData" }
        return part
    }
}
