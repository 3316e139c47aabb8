package import AWSCore
package import JSON

/// CloudWatch Logs, answered from the telemetry.
package struct CloudWatchLogsService: JSONTargetService {
    package let context: LogsContext
    package let operations = OperationTable<LogsContext>([
        DescribeLogGroups.self, DescribeLogStreams.self, FilterLogEvents.self, GetLogEvents.self, CreateLogGroup.self,
        CreateLogStream.self, PutLogEvents.self, PutRetentionPolicy.self, DeleteLogGroup.self, DeleteLogStream.self,
    ])

    package init(context: LogsContext) { self.context = context }

    package var signingName: String { "logs" }
    package var targetPrefixes: [String] { ["Logs_20140328"] }
    package var contentType: String { "application/x-amz-json-1.1" }

    package func resource(of input: JSON) -> String { input["logGroupName"]?.string ?? "" }
}
