/// The answers of the operations that are mocked most; results of others are taken as they are.
///
/// `s` text, `n` number with its limits, `b` boolean, `a` DynamoDB attribute value, `*` anything, `[]` list, `<>` map, `!`
/// required. Names begin with a capital, as integrations write them.
///
/// - SeeAlso: the services' API references (response elements), and Lambda's quotas.
enum MockShapeTable {
    /// - Parameters:
    ///   - service: of the task's resource: `lambda`, `aws-sdk:sfn`.
    ///   - operation: likewise: `startExecution`.
    static func shape(service: String, operation: String) -> MockShape? {
        let isSDK = service.hasPrefix("aws-sdk:")
        let name = isSDK ? String(service.dropFirst("aws-sdk:".count)) : service
        let key = "\(aliases[name] ?? name):\(operation)"
        return shapes[key]
    }

    private static let aliases = ["states": "sfn", "events": "eventbridge"]
    private static let shapes = texts.mapValues { MockShapeReader.read("{" + $0 + "}") }

    private static let texts: [String: String] = [
        "lambda:invoke": "StatusCode:n FunctionError:s LogResult:s Payload:* ExecutedVersion:s",
        "lambda:getFunction":
            "Configuration:{\(function)} Code:{RepositoryType:s Location:s ImageUri:s ResolvedImageUri:s} Tags:<s> "
            + "Concurrency:{ReservedConcurrentExecutions:n(0..)}",
        "lambda:getFunctionConfiguration": function,
        "lambda:listFunctions": "NextMarker:s Functions:[{\(function)}]",
        "dynamodb:getItem": "Item:<a> \(capacity)",
        "dynamodb:putItem": "Attributes:<a> \(capacity) \(metrics)",
        "dynamodb:updateItem": "Attributes:<a> \(capacity) \(metrics)",
        "dynamodb:deleteItem": "Attributes:<a> \(capacity) \(metrics)",
        "dynamodb:query": "Items:[<a>] Count:n ScannedCount:n LastEvaluatedKey:<a> \(capacity)",
        "dynamodb:scan": "Items:[<a>] Count:n ScannedCount:n LastEvaluatedKey:<a> \(capacity)",
        "dynamodb:batchGetItem": "Responses:<[<a>]> UnprocessedKeys:<*>",
        "dynamodb:batchWriteItem": "UnprocessedItems:<[*]> ItemCollectionMetrics:<[*]>",
        "sfn:startExecution": "ExecutionArn!:s StartDate!:s",
        "sfn:startSyncExecution":
            "ExecutionArn!:s StateMachineArn:s Name:s StartDate!:s StopDate!:s Status!:s Error:s Cause:s Input:s "
            + "InputDetails:{Included:b} Output:s OutputDetails:{Included:b} TraceHeader:s "
            + "BillingDetails:{BilledMemoryUsedInMB:n(0..) BilledDurationInMilliseconds:n(0..)}",
        "sfn:describeExecution":
            "ExecutionArn!:s StateMachineArn!:s Name:s Status!:s StartDate!:s StopDate:s Input:s "
            + "InputDetails:{Included:b} Output:s OutputDetails:{Included:b} TraceHeader:s MapRunArn:s Error:s Cause:s "
            + "StateMachineVersionArn:s StateMachineAliasArn:s RedriveCount:n RedriveDate:s RedriveStatus:s",
        "sfn:stopExecution": "StopDate!:s",
        "sfn:describeStateMachine":
            "StateMachineArn!:s Name!:s Status:s Definition!:s RoleArn!:s Type!:s CreationDate!:s Label:s RevisionId:s "
            + "LoggingConfiguration:{Level:s IncludeExecutionData:b Destinations:[*]} TracingConfiguration:{Enabled:b}",
        "sfn:listExecutions":
            "Executions!:[{ExecutionArn!:s StateMachineArn!:s Name!:s Status!:s StartDate!:s StopDate:s MapRunArn:s "
            + "ItemCount:n(0..)}] NextToken:s",
        "sfn:getActivityTask": "TaskToken:s Input:s",
        "sqs:sendMessage":
            "MD5OfMessageBody:s MD5OfMessageAttributes:s MD5OfMessageSystemAttributes:s MessageId:s SequenceNumber:s",
        "sqs:sendMessageBatch":
            "Successful!:[{Id!:s MessageId!:s MD5OfMessageBody!:s SequenceNumber:s}] "
            + "Failed!:[{Id!:s SenderFault!:b Code!:s Message:s}]",
        "sqs:receiveMessage":
            "Messages:[{MessageId:s ReceiptHandle:s MD5OfBody:s Body:s Attributes:<s> MessageAttributes:<*>}]",
        "sqs:getQueueUrl": "QueueUrl:s",
        "sns:publish": "MessageId:s SequenceNumber:s",
        "eventbridge:putEvents": "FailedEntryCount:n Entries:[{EventId:s ErrorCode:s ErrorMessage:s}]",
        "s3:getObject": "Body:* \(object)",
        "s3:headObject": object,
        "s3:putObject": "ETag:s Expiration:s ServerSideEncryption:s VersionId:s Size:n",
        "s3:listObjectsV2":
            "IsTruncated:b Contents:[{Key:s LastModified:s ETag:s Size:n StorageClass:s Owner:{DisplayName:s ID:s}}] "
            + "Name:s Prefix:s Delimiter:s MaxKeys:n CommonPrefixes:[{Prefix:s}] KeyCount:n ContinuationToken:s "
            + "NextContinuationToken:s StartAfter:s",
        "s3:deleteObject": "DeleteMarker:b VersionId:s",
        "secretsmanager:getSecretValue":
            "ARN:s Name:s VersionId:s SecretBinary:s SecretString:s VersionStages:[s] CreatedDate:s",
        "ssm:getParameter": "Parameter:{\(parameter)}",
        "ssm:getParameters": "Parameters:[{\(parameter)}] InvalidParameters:[s]",
    ]

    private static let function =
        "FunctionName:s FunctionArn:s Runtime:s Role:s Handler:s CodeSize:n Description:s Timeout:n(1..) "
        + "MemorySize:n(128..10240) LastModified:s CodeSha256:s Version:s Environment:{Variables:<s>} KMSKeyArn:s "
        + "TracingConfig:{Mode:s} MasterArn:s RevisionId:s Layers:[{Arn:s CodeSize:n}] State:s StateReason:s "
        + "LastUpdateStatus:s PackageType:s Architectures:[s] EphemeralStorage:{Size!:n(512..10240)} DeadLetterConfig:{TargetArn:s}"
    private static let capacity =
        "ConsumedCapacity:{TableName:s CapacityUnits:n ReadCapacityUnits:n WriteCapacityUnits:n}"
    private static let metrics = "ItemCollectionMetrics:{ItemCollectionKey:<a> SizeEstimateRangeGB:[n]}"
    private static let object =
        "DeleteMarker:b AcceptRanges:s Expiration:s Restore:s LastModified:s ContentLength:n ETag:s VersionId:s "
        + "CacheControl:s ContentDisposition:s ContentEncoding:s ContentLanguage:s ContentType:s Metadata:<s> StorageClass:s "
        + "PartsCount:n TagCount:n"
    private static let parameter =
        "Name:s Type:s Value:s Version:n Selector:s SourceResult:s LastModifiedDate:s ARN:s DataType:s"
}
