import AWSCore
import Glibc
import HTTPTransport
import JSON

/// What processes of an environment find in their environment.
struct EnvironmentVariables {
    private let customer: [(String, String)]
    private let credentials: [(String, String)]
    private let runtime: [(String, String)]
    private let platform: [(String, String)]
    private let taskRoot: String
    private let runtimeName: String
    /// The folders that AWS has as one below `/opt`.
    private let layers: [String]

    init(core: EnvironmentCore) {
        let configuration = core.function.configuration
        taskRoot = core.function.code.directory
        layers = core.layers
        runtimeName = configuration.runtime
        let region = ARN(configuration.arn)?.region ?? ARN.defaultRegion
        customer = (configuration.environment ?? JSONObject()).compactMap { name, value in
            value.string.map { (name, $0) }
        }
        credentials = [
            ("AWS_ACCESS_KEY_ID", "test"), ("AWS_SECRET_ACCESS_KEY", "test"), ("AWS_SESSION_TOKEN", "test"),
        ]
        runtime = [
            ("_HANDLER", configuration.handler),
            ("AWS_EXECUTION_ENV", "AWS_Lambda_\(configuration.runtime)"),
            ("AWS_LAMBDA_LOG_GROUP_NAME", configuration.logGroup),
            ("AWS_LAMBDA_LOG_STREAM_NAME", core.logStream),
            ("LAMBDA_TASK_ROOT", core.function.code.directory),
            ("LAMBDA_RUNTIME_DIR", "\(core.settings.directory)/runtime"),
            ("_LAMBDA_TELEMETRY_LOG_FD", "3"),
        ]
        platform = [
            ("AWS_REGION", region), ("AWS_DEFAULT_REGION", region),
            ("AWS_LAMBDA_FUNCTION_NAME", configuration.name), ("AWS_LAMBDA_FUNCTION_VERSION", configuration.version),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", String(configuration.memoryMiB)),
            ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
            ("AWS_LAMBDA_LOG_FORMAT", configuration.isJSONLog ? "JSON" : "Text"),
            ("AWS_LAMBDA_LOG_LEVEL", configuration.isJSONLog ? configuration.applicationLogLevel ?? "INFO" : ""),
            ("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:\(core.server?.port ?? 0)"),
            ("AWS_XRAY_CONTEXT_MISSING", "LOG_ERROR"),
            ("AWS_XRAY_DAEMON_ADDRESS", Self.daemon(core.settings.endpoint())),
            ("TZ", ":UTC"),
        ].filter { !$0.1.isEmpty }
    }

    /// The endpoint takes what X-Ray's daemon takes, on the same port by UDP.
    private static func daemon(_ endpoint: String) -> String {
        String(endpoint.drop { $0 != "/" }.drop { $0 == "/" })
    }

    /// What a machine gives its programs; a customer's variable of the same name wins.
    private func machine(_ endpoint: String) -> [(String, String)] {
        func own(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
        func inLayers(_ folders: String...) -> [String] {
            layers.flatMap { layer in folders.map { "\(layer)/\($0)" } }.filter(Files.exists)
        }
        let path = inLayers("bin") + [own("PATH") ?? "/usr/local/bin:/usr/bin:/bin"]
        let libraries = [taskRoot, "\(taskRoot)/lib"] + inLayers("lib")
        let variables = [
            ("PATH", path.joined(separator: ":")),
            ("LANG", "en_US.UTF-8"), ("HOME", own("HOME") ?? "/tmp"),
            ("LD_LIBRARY_PATH", libraries.joined(separator: ":")),
            ("AWS_ENDPOINT_URL", endpoint),
            ("PYTHONDONTWRITEBYTECODE", "1"), ("PYTHONUNBUFFERED", "1"), ("PYTHONUTF8", "1"),
            ("PYTHONPATH", inLayers("python", "python/lib/\(runtimeName)/site-packages").joined(separator: ":")),
            ("NODE_PATH", inLayers("nodejs/\(nodeName)/node_modules", "nodejs/node_modules").joined(separator: ":")),
        ]
        return variables.filter { !$0.1.isEmpty }
    }

    /// `node20` for `nodejs20.x`.
    private var nodeName: String { "node\(runtimeName.drop { !$0.isNumber }.prefix { $0.isNumber })" }

    private func merged(_ groups: [[(String, String)]]) -> [String] {
        var places: [String: Int] = [:]
        var all: [(String, String)] = []
        for (name, value) in groups.joined() {
            if let place = places[name] {
                all[place].1 = value
            } else {
                places[name] = all.count
                all.append((name, value))
            }
        }
        return all.map { "\($0.0)=\($0.1)" }
    }

    func forRuntime(_ endpoint: String) -> [String] {
        merged([machine(endpoint), customer, credentials, runtime, platform])
    }

    func forExtensions(_ endpoint: String) -> [String] {
        merged([machine(endpoint), customer.filter { !$0.0.hasPrefix("_") }, credentials, platform])
            .filter { !$0.hasPrefix("AWS_XRAY_CONTEXT_MISSING=") }
    }
}
