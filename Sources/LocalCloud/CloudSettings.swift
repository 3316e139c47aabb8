package import JSON

/// How a local cloud runs.
package struct CloudSettings: Sendable {
    /// 0 lets the system choose.
    package var port: Int
    /// A port for the first API alone, without a prefix; 0 lets the system choose.
    package var apiPort: Int?
    /// Where code is unpacked: a private folder.
    package var folder: String
    /// Where functions and executions outlive the program; `nil` keeps all in memory.
    package var dataFolder: String?
    /// The text of a mock configuration for workflows, in the format of Step Functions Local.
    package var mockConfiguration: [UInt8]?
    /// The program's, as `/_fntop/health` tells it.
    package var version = ""
    /// Bytes of memory for log lines.
    package var logCap = 512 * 1024 * 1024
    /// Environments that had nothing to do for so long end.
    package var idleLimit = Duration.seconds(600)

    /// Alarms that are there from the start: inputs of PutMetricAlarm.
    package var alarms: [JSON] = []

    package init(port: Int, folder: String) {
        self.port = port
        self.folder = folder
    }
}
