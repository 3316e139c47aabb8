import JSON

/// What follows the shop by itself: a function that reads the changes of orders, and an alarm on declined payments.
enum Watches {
    static func create(on endpoint: any EndpointCaller) async throws {
        let table = try await endpoint.dynamoDB("DescribeTable", ["TableName": "orders"])
        guard let stream = table["Table"]?["LatestStreamArn"]?.string else {
            throw DeploymentError(description: "DescribeTable gave no LatestStreamArn")
        }
        _ = try await endpoint.json(
            "POST", "/2015-03-31/event-source-mappings", service: "lambda",
            [
                "FunctionName": "count-orders", "EventSourceArn": .string(stream), "StartingPosition": "TRIM_HORIZON",
                "BatchSize": 50, "MaximumBatchingWindowInSeconds": 1, "BisectBatchOnFunctionError": true,
                "MaximumRetryAttempts": 3,
            ])
        try await endpoint.cloudWatch(
            "PutMetricAlarm",
            [
                "AlarmName": "declined-payments", "AlarmDescription": "More cards are declined than usual",
                "Namespace": "Shop", "MetricName": "DeclinedPayments", "Statistic": "Sum",
                "Dimensions": [["Name": "Card", "Value": "credit"]], "Period": 10, "EvaluationPeriods": 1,
                "Threshold": 2, "ComparisonOperator": "GreaterThanOrEqualToThreshold",
                "TreatMissingData": "notBreaching",
            ])
    }
}
