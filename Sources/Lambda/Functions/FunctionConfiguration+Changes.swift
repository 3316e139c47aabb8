import AWSCore
import JSON

extension FunctionConfiguration {
    /// Takes what a request to create or update gives; what it leaves out stays.
    mutating func apply(_ input: JSON) throws(ServiceError) {
        if let value = try Input.string(input, "Runtime") { try setRuntime(value) }
        if let value = try Input.string(input, "Role") { try setRole(value) }
        if let value = try Input.string(input, "Handler") { try setHandler(value) }
        if let value = try Input.description(input) { text = value }
        if let value = try Input.integer(input, "Timeout", 1...900) { timeoutSeconds = value }
        if let value = try Input.integer(input, "MemorySize", 128...10_240) { memoryMiB = value }
        if let value = input["EphemeralStorage"] {
            ephemeralStorageMiB = try Input.integer(value, "Size", 512...10_240, path: "ephemeralStorage.size") ?? 512
        }
        if let value = input["Environment"], !value.isNull { try setEnvironment(value) }
        if let value = input["TracingConfig"], let mode = try Input.string(value, "Mode") {
            isTraced = mode == "Active"
        }
        if let value = input["LoggingConfig"], !value.isNull { try setLogging(value) }
        if let value = input["Architectures"]?.array { architectures = value.compactMap(\.string) }
        if let value = input["Layers"]?.array { layers = value.compactMap(\.string) }
        if let value = input["SnapStart"], let mode = try Input.string(value, "ApplyOn") { snapStart = mode }
        if let value = input["DeadLetterConfig"] {
            let target = try Input.string(value, "TargetArn")
            deadLetterTarget = target?.isEmpty == true ? nil : target
        }
    }

    private mutating func setRuntime(_ value: String) throws(ServiceError) {
        guard RuntimeKind.names.contains(value) else {
            let names = RuntimeKind.names.sorted().joined(separator: ", ")
            throw .invalid(
                "Value \(value) at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: "
                    + "[\(names)] or be a valid ARN")
        }
        runtime = value
    }

    private mutating func setRole(_ value: String) throws(ServiceError) {
        guard let arn = ARN(value), arn.service == "iam", arn.resource.hasPrefix("role/") else {
            throw .constraint(
                value, at: "role",
                "satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+")
        }
        role = value
    }

    private mutating func setHandler(_ value: String) throws(ServiceError) {
        guard value.utf8.count <= 128 else {
            throw .constraint(value, at: "handler", "have length less than or equal to 128")
        }
        guard !value.contains(where: \.isWhitespace) else {
            throw .constraint(value, at: "handler", "satisfy regular expression pattern: [^\\s]+")
        }
        handler = value
    }

    /// Names that Lambda sets itself.
    private static let reserved: Set<String> = [
        "_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV",
        "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION",
        "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_ACCESS_KEY",
        "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT",
        "LAMBDA_RUNTIME_DIR",
    ]

    private mutating func setEnvironment(_ value: JSON) throws(ServiceError) {
        guard let variables = value["Variables"]?.object else {
            environment = value["Variables"] == nil ? environment : nil
            return
        }
        let size = variables.reduce(0) { $0 + $1.0.utf8.count + ($1.1.string?.utf8.count ?? 0) }
        guard size <= 4096 else {
            throw .invalid(
                "Lambda was unable to configure your environment variables because the environment variables you have "
                    + "provided exceeded the 4KB limit. String measured: \(JSON.object(variables).text)")
        }
        for (name, value) in variables {
            guard value.string != nil, Self.isVariableName(name) else {
                throw .constraint(
                    name, at: "environment.variables",
                    "satisfy constraint: [Member must satisfy regular expression "
                        + "pattern: [a-zA-Z]([a-zA-Z0-9_])+]")
            }
            guard !Self.reserved.contains(name) else {
                throw .invalid(
                    "Lambda was unable to configure your environment variables because the environment variables you "
                        + "have provided contains reserved keys that are currently not supported for modification. "
                        + "Reserved keys used in this request: \(name)")
            }
            guard value.string?.utf8.contains(0) != true else {
                throw .invalid("The environment variable \(name) has a null byte.")
            }
        }
        environment = variables
    }

    private static func isVariableName(_ name: String) -> Bool {
        guard name.utf8.count >= 2, let first = name.utf8.first, first | 0x20 >= 0x61, first | 0x20 <= 0x7A else {
            return false
        }
        return name.utf8.allSatisfy { byte in
            byte == 0x5F || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
        }
    }

    private mutating func setLogging(_ value: JSON) throws(ServiceError) {
        if let format = try Input.string(value, "LogFormat") {
            guard ["JSON", "Text"].contains(format) else {
                throw .constraint(format, at: "loggingConfig.logFormat", "satisfy enum value set: [JSON, Text]")
            }
            isJSONLog = format == "JSON"
        }
        applicationLogLevel = try Input.string(value, "ApplicationLogLevel")
        systemLogLevel = try Input.string(value, "SystemLogLevel")
        guard isJSONLog || (applicationLogLevel == nil && systemLogLevel == nil) else {
            throw .invalid(
                "To set log levels, the function's log format must be JSON.")
        }
        if let group = try Input.string(value, "LogGroup"), !group.isEmpty { logGroup = group }
    }
}
