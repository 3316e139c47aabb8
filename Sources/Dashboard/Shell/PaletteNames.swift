import Telemetry
import TelemetryStore

/// The tables, APIs and alarms that the palette lists; asked for while it is open.
struct PaletteNames: Sendable {
    private var tables: [String] = []
    private var apis: [APIDescription] = []
    private var alarms: [AlarmRow] = []

    /// As the screens ask, so that one answer serves both.
    static let requests: [DataRequest] = [.tables(buckets: 60), .apis(buckets: 60), .alarms]

    mutating func take(_ answer: DataAnswer) {
        switch answer {
        case .tables(let overview): tables = overview.tables.map(\.table.name)
        case .apis(let overview): apis = overview.apis
        case .alarms(let rows): alarms = rows
        default: break
        }
    }

    private func isUnique(_ api: APIDescription) -> Bool { apis.count { $0.name == api.name } == 1 }

    var entries: [PaletteEntry] {
        tables.map { PaletteEntry(name: $0, detail: "table", action: .open(.table($0, .items))) }
            + apis.map { api in
                let count = api.routes.count
                return PaletteEntry(
                    name: api.name, detail: "API · \(count) route\(count == 1 ? "" : "s")",
                    action: .open(.apis(api: isUnique(api) ? api.name : api.id)))
            }
            + alarms.map {
                PaletteEntry(name: $0.name, detail: "alarm · \($0.state.word)", action: .open(.alarm($0.name)))
            }
    }
}
