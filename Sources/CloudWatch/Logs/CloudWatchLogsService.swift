package import AWSCore
package import JSON

/// CloudWatch Logs, answered from the telemetry.
package struct CloudWatchLogsService: JSONTargetService {
    package let context: LogsContext
    package let operations = OperationTable<LogsContext>(
        [
            CreateLogGroup.self, CreateLogStream.self, DeleteLogGroup.self, DeleteLogStream.self,
            DeleteMetricFilter.self, DeleteQueryDefinition.self, DeleteRetentionPolicy.self, DescribeLogGroups.self,
            DescribeLogStreams.self, DescribeMetricFilters.self, DescribeQueries.self, DescribeQueryDefinitions.self,
            FilterLogEvents.self, GetLogEvents.self, GetLogGroupFields.self, GetLogRecord.self, GetQueryResults.self,
            ListLogGroups.self, ListTagsForResource.self, ListTagsLogGroup.self, PutLogEvents.self,
            PutMetricFilter.self, PutQueryDefinition.self, PutRetentionPolicy.self, StartQuery.self, StopQuery.self,
            TagLogGroup.self, TagResource.self, TestMetricFilter.self, UntagLogGroup.self, UntagResource.self,
        ],
        streaming: [StartLiveTail.self])

    package init(context: LogsContext) { self.context = context }

    package var signingName: String { "logs" }
    package var targetPrefixes: [String] { ["Logs_20140328"] }
    package var contentType: String { "application/x-amz-json-1.1" }

    package func resource(of input: JSON) -> String { input["logGroupName"]?.string ?? "" }
}
