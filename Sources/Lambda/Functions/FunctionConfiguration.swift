import AWSCore
import JSON
import Telemetry

/// What `GetFunctionConfiguration` answers.
struct FunctionConfiguration: Sendable, Hashable {
    var name: String
    /// Without a qualifier.
    var arn: String
    /// `$LATEST` or a number.
    var version = VersionName.latest
    var runtime = ""
    var role = ""
    var handler = ""
    var text = ""
    var timeoutSeconds = 3
    var memoryMiB = 128
    var environment: JSONObject?
    var isTraced = false
    var ephemeralStorageMiB = 512
    var architectures: [String] = ["x86_64"]
    var isJSONLog = false
    var applicationLogLevel: String?
    var systemLogLevel: String?
    /// Where its log goes: `/aws/lambda/NAME` unless configured.
    var logGroup: String
    var deadLetterTarget: String?
    var layers: [String] = []
    var snapStart = "None"
    var codeSize = 0
    var codeSHA256 = ""
    var lastModified = Timestamp.now()
    var revision = RequestID().description
    /// Why it cannot run; `nil` when it can.
    var failure: String?

    init(name: String, region: String, account: String) {
        self.name = name
        arn = ARN(service: "lambda", region: region, account: account, resource: "function:\(name)").description
        logGroup = "/aws/lambda/\(name)"
    }

    mutating func touch() {
        lastModified = .now()
        revision = RequestID().description
    }
}

extension FunctionConfiguration {
    var json: JSON { json(qualifier: version == VersionName.latest ? nil : version) }

    /// - Parameter qualifier: stands at the end of the ARN.
    func json(qualifier: String?) -> JSON {
        let arn = qualifier.map { "\(self.arn):\($0)" } ?? self.arn
        var json: JSON = [
            "FunctionName": .string(name), "FunctionArn": .string(arn), "Runtime": .string(runtime),
            "Role": .string(role), "Handler": .string(handler), "CodeSize": .int(codeSize),
            "Description": .string(text), "Timeout": .int(timeoutSeconds), "MemorySize": .int(memoryMiB),
            "LastModified": .string(lastModified.lastModified), "CodeSha256": .string(codeSHA256),
            "Version": .string(version), "TracingConfig": ["Mode": isTraced ? "Active" : "PassThrough"],
            "RevisionId": .string(revision), "State": failure == nil ? "Active" : "Failed",
            "LastUpdateStatus": failure == nil ? "Successful" : "Failed", "PackageType": "Zip",
            "Architectures": .array(architectures.map { .string($0) }),
            "EphemeralStorage": ["Size": .int(ephemeralStorageMiB)],
            "SnapStart": ["ApplyOn": .string(snapStart), "OptimizationStatus": "Off"],
            "RuntimeVersionConfig": ["RuntimeVersionArn": "arn:aws:lambda:us-east-1::runtime:local"],
            "LoggingConfig": loggingConfig,
        ]
        if let failure {
            json["StateReason"] = .string(failure)
            json["StateReasonCode"] = "InvalidRuntime"
            json["LastUpdateStatusReason"] = .string(failure)
            json["LastUpdateStatusReasonCode"] = "InvalidRuntime"
        }
        if let environment { json["Environment"] = ["Variables": .object(environment)] }
        if let deadLetterTarget { json["DeadLetterConfig"] = ["TargetArn": .string(deadLetterTarget)] }
        if !layers.isEmpty {
            json["Layers"] = .array(layers.map { ["Arn": .string($0), "CodeSize": 0] })
        }
        return json
    }

    private var loggingConfig: JSON {
        var json: JSON = ["LogFormat": isJSONLog ? "JSON" : "Text"]
        if isJSONLog {
            json["ApplicationLogLevel"] = .string(applicationLogLevel ?? "INFO")
            json["SystemLogLevel"] = .string(systemLogLevel ?? "INFO")
        }
        json["LogGroup"] = .string(logGroup)
        return json
    }
}
