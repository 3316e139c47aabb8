import AWSCore
import JSON
import Telemetry
import TelemetryStore

/// The metrics of `AWS/Lambda`.
enum LambdaMetric: String, CaseIterable {
    case invocations = "Invocations"
    case errors = "Errors"
    case throttles = "Throttles"
    case duration = "Duration"
    case concurrentExecutions = "ConcurrentExecutions"

    static let namespace = "AWS/Lambda"

    var unit: String { self == .duration ? "Milliseconds" : "Count" }

    /// The values of a period as CloudWatch would have got them; empty when it has no data point.
    func samples(_ period: MetricPeriod) -> Samples {
        switch self {
        case .duration: Samples(values: period.durations.map { Double($0) / 1000 })
        case .invocations: Samples(count: period.invocations, isPresent: period.invocations > 0)
        case .errors: Samples(ones: period.errors, of: period.invocations)
        case .throttles:
            Samples(ones: period.throttles, of: period.invocations + period.throttles)
        case .concurrentExecutions:
            Samples(values: period.concurrency.values.filter { $0 > 0 }.map(Double.init))
        }
    }
}

/// Measured values of one period, and the statistics over them.
struct Samples {
    private var sorted: [Double]

    init(values: [Double]) { sorted = values.sorted() }

    /// As many ones as there were events.
    init(count: Int, isPresent: Bool) { sorted = isPresent ? Array(repeating: 1, count: count) : [] }

    /// Ones and zeros: so many of all events.
    init(ones: Int, of all: Int) {
        let zeros = max(all - ones, 0)
        sorted = Array(repeating: 0, count: zeros) + Array(repeating: 1, count: ones)
    }

    var isEmpty: Bool { sorted.isEmpty }

    /// - Parameter name: `Average`, `Sum`, `Minimum`, `Maximum`, `SampleCount`, or `p0` to `p100`.
    /// - Throws: for a statistic that is none or that is not served.
    func statistic(_ name: String) throws(ServiceError) -> Double? {
        guard !sorted.isEmpty else { return nil }
        let sum = sorted.reduce(0, +)
        switch name {
        case "Average": return sum / Double(sorted.count)
        case "Sum": return sum
        case "Minimum": return sorted.first
        case "Maximum": return sorted.last
        case "SampleCount": return Double(sorted.count)
        default:
            guard name.hasPrefix("p"), let percent = Double(name.dropFirst()), (0...100).contains(percent) else {
                throw ServiceError("InvalidParameterValue", "The value \(name) for parameter Stat is not supported.")
            }
            let rank = Int((Double(sorted.count) * percent / 100).rounded(.up))
            return sorted[min(max(rank, 1), sorted.count) - 1]
        }
    }
}

/// Which functions a metric's dimensions mean.
enum MetricTarget: Hashable {
    case function(String)
    case all
    /// Nothing has these dimensions.
    case none

    init(_ dimensions: JSON?) {
        let pairs = (dimensions?.array ?? []).map { ($0["Name"]?.string ?? "", $0["Value"]?.string ?? "") }
        guard !pairs.isEmpty else {
            self = .all
            return
        }
        let names = Set(pairs.map(\.0))
        guard names == ["FunctionName"] || names == ["FunctionName", "Resource"] else {
            self = .none
            return
        }
        let function = pairs.first { $0.0 == "FunctionName" }?.1 ?? ""
        // Versions and aliases are not served, so the resource is the function itself.
        let isWhole = pairs.allSatisfy { $0.0 != "Resource" || $0.1 == function }
        self = isWhole ? .function(function) : .none
    }
}
