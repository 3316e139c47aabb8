import AWSCore
import JSON
import Telemetry
import TelemetryStore

/// Reads members of requests, in any of the three protocols: forms have numbers and truth values as text.
enum MetricInput {
    static let mostDimensions = 30
    private static let longestName = 255
    private static let longestValue = 1024

    static func int(_ json: JSON?) -> Int? { json?.int ?? json?.string.flatMap(Int.init) }

    static func double(_ json: JSON?) -> Double? { json?.double ?? json?.string.flatMap(Double.init) }

    static func bool(_ json: JSON?) -> Bool? { json?.bool ?? json?.string.map { $0 == "true" } }

    static func strings(_ json: JSON?) -> [String] { (json?.array ?? []).compactMap(\.string) }

    static func missing(_ name: String) -> ServiceError {
        ServiceError("MissingParameter", "The parameter \(name) is required.")
    }

    static func invalid(_ value: String, _ name: String) -> ServiceError {
        ServiceError("InvalidParameterValue", "The value \(value) for parameter \(name) is invalid.")
    }

    static func tooMany(_ name: String, most: Int) -> ServiceError {
        ServiceError(
            "InvalidParameterValue", "The collection \(name) must not have a size greater than \(most).")
    }

    /// A name of at most 255 characters.
    static func text(_ json: JSON?, _ name: String, longest: Int = longestName) throws(ServiceError) -> String {
        guard let text = json?.string, !text.isEmpty else { throw missing(name) }
        guard text.unicodeScalars.count <= longest else {
            throw ServiceError(
                "InvalidParameterValue", "The parameter \(name) must be shorter than \(longest + 1) characters.")
        }
        return text
    }

    static func dimensions(_ json: JSON?, _ name: String) throws(ServiceError) -> [CustomMetric.Dimension] {
        let given = json?.array ?? []
        guard given.count <= mostDimensions else { throw tooMany(name, most: mostDimensions) }
        var dimensions: [CustomMetric.Dimension] = []
        for (index, dimension) in given.enumerated() {
            let place = "\(name).member.\(index + 1)"
            dimensions.append(
                CustomMetric.Dimension(
                    name: try text(dimension["Name"], "\(place).Name"),
                    value: try text(dimension["Value"], "\(place).Value", longest: longestValue)))
        }
        guard Set(dimensions.map(\.name)).count == dimensions.count else {
            throw ServiceError(
                "InvalidParameterValue", "No Metric may specify the same dimension name twice.")
        }
        return dimensions
    }

    static func unit(_ json: JSON?, _ name: String) throws(ServiceError) -> String? {
        guard let text = json?.string else { return nil }
        guard MetricUnit.all.contains(text) else { throw invalid(text, name) }
        return text
    }

    /// A time as any of the protocols has it: seconds since 1970 or ISO 8601.
    static func time(_ json: JSON?, _ name: String) throws(ServiceError) -> Timestamp {
        guard let json, !json.isNull else { throw missing(name) }
        let seconds = json.double ?? json.string.flatMap { Double($0) ?? ISOTime.seconds($0) }
        guard let seconds, seconds.isFinite, abs(seconds) < 1e11 else { throw invalid(json.text, name) }
        return Timestamp(microseconds: Int64((seconds * 1_000_000).rounded()))
    }

    static func period(_ json: JSON?) throws(ServiceError) -> Int {
        guard let period = int(json) else { throw missing("Period") }
        guard period >= 1, period <= 86_400, [1, 5, 10, 20, 30].contains(period) || period % 60 == 0 else {
            throw ServiceError(
                "InvalidParameterValue",
                "The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60, and at most 86400.")
        }
        return period
    }

    /// - Throws: when the text is no statistic.
    static func statistic(_ text: String, _ name: String) throws(ServiceError) -> Statistic {
        guard let statistic = Statistic(text) else {
            throw ServiceError("InvalidParameterValue", "The value \(text) for parameter \(name) is not supported.")
        }
        return statistic
    }
}
