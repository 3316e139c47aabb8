import AWSCore

/// A service that tasks call, under its several names.
struct IntegratedService: Hashable, Sendable {
    /// In a task's resource: `dynamodb`, `aws-sdk:sfn`.
    var name: String
    /// At the endpoint: `dynamodb`, `states`.
    var signingName: String
    /// Before the dot of an error: `DynamoDB`, `Sfn`.
    var errorPrefix: String
    /// In an error's cause: `AmazonDynamoDBv2`, `Sfn`.
    var title: String
    /// Called as the SDK has it, not as Step Functions does.
    var isSDK: Bool
    /// Whether members of the service's model begin with a small letter.
    var hasSmallMembers: Bool

    static let lambda = IntegratedService("lambda")

    init(_ name: String) {
        self.name = name
        isSDK = name.hasPrefix("aws-sdk:")
        let short = isSDK ? String(name.dropFirst("aws-sdk:".count)) : name
        signingName = Self.signingNames[short] ?? short
        hasSmallMembers = Self.smallMembers.contains(signingName)
        if isSDK {
            errorPrefix = Self.sdkNames[short] ?? short.capitalizedFirst
            title = errorPrefix
        } else {
            (errorPrefix, title) = Self.optimizedNames[short] ?? (short.capitalizedFirst, short.capitalizedFirst)
        }
    }

    private static let signingNames = [
        "sfn": "states", "eventbridge": "events", "cloudwatchlogs": "logs", "cloudwatch": "monitoring",
        "apigatewayv2": "apigateway", "ses": "email", "sesv2": "email", "cloudwatchevents": "events",
        "dynamodbstreams": "dynamodb", "elasticloadbalancingv2": "elasticloadbalancing",
    ]

    private static let smallMembers: Set<String> = ["states", "logs", "ecs", "batch", "codebuild", "iot"]

    /// Of the AWS SDK for Java 2, which Step Functions uses.
    private static let sdkNames = [
        "sfn": "Sfn", "dynamodb": "DynamoDb", "eventbridge": "EventBridge", "cloudwatchlogs": "CloudWatchLogs",
        "cloudwatch": "CloudWatch", "apigatewayv2": "ApiGatewayV2", "apigateway": "ApiGateway",
        "secretsmanager": "SecretsManager", "dynamodbstreams": "DynamoDbStreams", "ecs": "Ecs", "ec2": "Ec2",
        "cloudformation": "CloudFormation", "codebuild": "CodeBuild", "bedrockruntime": "BedrockRuntime",
        "cognitoidentityprovider": "CognitoIdentityProvider", "sesv2": "SesV2",
    ]

    /// Of the AWS SDK for Java 1, which the optimized integrations speak like.
    private static let optimizedNames = [
        "lambda": ("Lambda", "AWSLambda"), "dynamodb": ("DynamoDB", "AmazonDynamoDBv2"),
        "states": ("StepFunctions", "AWSStepFunctions"), "sqs": ("SQS", "AmazonSQS"), "sns": ("SNS", "AmazonSNS"),
        "events": ("EventBridge", "AmazonEventBridge"), "ecs": ("ECS", "AmazonECS"), "batch": ("Batch", "AWSBatch"),
        "glue": ("Glue", "AWSGlue"), "athena": ("Athena", "AmazonAthena"),
        "sagemaker": ("SageMaker", "AmazonSageMaker"), "apigateway": ("ApiGateway", "AmazonApiGateway"),
        "codebuild": ("CodeBuild", "AWSCodeBuild"), "elasticmapreduce": ("EMR", "AmazonElasticMapReduce"),
        "bedrock": ("Bedrock", "AmazonBedrockRuntime"), "http": ("Http", "Http"),
    ]
}

extension String {
    /// `startExecution` → `StartExecution`
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }

    /// `StartDate` → `startDate`
    var smallFirst: String { prefix(1).lowercased() + dropFirst() }
}
