import Telemetry
import TelemetryStore
import Terminal

extension AlarmDescription.State {
    var mark: String {
        switch self {
        case .alarm: Mark.failed
        case .ok: Mark.ok
        case .insufficientData: "○"
        }
    }

    var role: Role {
        switch self {
        case .alarm: .error
        case .ok: .ok
        case .insufficientData: .dim
        }
    }

    var word: String {
        switch self {
        case .alarm: "in alarm"
        case .ok: "ok"
        case .insufficientData: "no data"
        }
    }

    /// Those that fire stand before the others.
    var rank: Int {
        switch self {
        case .alarm: 0
        case .insufficientData: 2
        case .ok: 1
        }
    }
}

extension AlarmRow {
    /// The state's change before now: `ok → in alarm`.
    var lastChange: String {
        guard let change = record.changes.last else { return Format.none }
        return "\(change.from.word) → \(change.to.word)"
    }

    var latest: Double? { series?.points.last?.value }

    /// Of the window, a value for each part of it; a metric that is a rate of its period keeps its size.
    func values(in window: TimeWindow, parts: Int) -> [Double?] {
        guard let series, parts > 0, window.length.count > 0 else { return [] }
        var values = [Double?](repeating: nil, count: parts)
        for point in series.points {
            let offset = Double(point.time) * 1_000_000 - Double(window.start.microseconds)
            let span = Double(series.period) * 1_000_000
            let length = Double(window.length.count)
            // A period fills all the parts that it lies over.
            let first = Int((offset / length * Double(parts)).rounded(.down))
            let last = Int(((offset + span) / length * Double(parts)).rounded(.up)) - 1
            for part in max(first, 0)...max(min(last, parts - 1), max(first, 0)) where part < parts {
                values[part] = max(values[part] ?? point.value, point.value)
            }
        }
        return values
    }
}

/// Numbers of metrics with their units.
enum MetricText {
    static func value(_ value: Double?, unit: String? = nil) -> String {
        guard let value, value.isFinite else { return Format.none }
        switch unit {
        case "Milliseconds": return Format.duration(microseconds: Int64(clamped(value * 1000)))
        case "Microseconds": return Format.duration(microseconds: Int64(clamped(value)))
        case "Seconds": return Format.duration(microseconds: Int64(clamped(value * 1_000_000)))
        case "Bytes": return Format.bytes(Int(clamped(value)))
        case "Percent": return plain(value) + " %"
        default: return plain(value)
        }
    }

    private static func plain(_ value: Double) -> String {
        if value == value.rounded(), value.magnitude < 1e15 { return Format.count(Int(value)) }
        return Format.decimal(value, places: value.magnitude < 10 ? 2 : 1)
    }

    private static func clamped(_ value: Double) -> Double { min(max(value.rounded(), -9e18), 9e18) }

    static func axis(_ unit: String?) -> ValueAxis {
        switch unit {
        case "Milliseconds": .duration(of: 1000)
        case "Microseconds": .duration(of: 1)
        case "Seconds": .duration(of: 1_000_000, leastMaximum: 0.001)
        case "Bytes": .bytes
        default: .number
        }
    }

    /// `checkout · orders`: the dimension values.
    static func dimensions(_ key: MetricKey) -> String {
        key.dimensions.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
    }
}
