import CProcess
import Configuration
import Glibc
import HTTPTransport
import LocalCloud
import Telemetry
import TelemetryStore

/// Starts a runtime in this process.
enum Startup {
    /// - Throws: ``Failure`` that says why the port cannot be had, and what to do.
    static func cloud(
        port: Int, apiPort: Int? = nil, folder: String, data: String? = nil, mocks: [UInt8]? = nil,
        store: TelemetryStore? = nil,
        idleLimit: Duration? = nil
    ) async throws -> LocalCloud {
        var settings = CloudSettings(port: port, folder: folder)
        settings.apiPort = apiPort
        settings.version = Fntop.version
        settings.dataFolder = data
        settings.mockConfiguration = mocks
        settings.logCap = Preferences.configuration.settings.logCapMiB * 1024 * 1024
        settings.alarms = Preferences.configuration.settings.alarms.map(\.input)
        if let idleLimit { settings.idleLimit = idleLimit }
        do {
            let cloud = try await LocalCloud.start(settings, store: store)
            for path in cloud.unreadable {
                Diagnostics.note("data", "\(path) cannot be read: what it holds is left out")
                Console.complain("\(path) cannot be read: what it holds is left out")
            }
            for reason in cloud.refusedAlarms {
                Diagnostics.note("configuration", reason)
                Console.complain("configuration: \(reason)")
            }
            cp_release_code()
            return cloud
        } catch let error as HTTPServerError {
            throw Failure(
                "fntop cannot start: \(error) with --port or --api-port; 0 is any free one.")
        }
    }
}

/// The settings of files and environment, read once.
enum Preferences {
    static let configuration = Configuration(variable: Self.variable, executable: executableFolder)

    static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    static let executableFolder: String? = {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        guard count > 0 else { return nil }
        let path = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return path.lastIndex(of: "/").map { String(path[..<$0]) }
    }()
}
