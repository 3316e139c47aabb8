import JSON

/// The order application on an endpoint: functions, tables, a workflow, an API, and users to order.
package struct DemoApplication: Sendable {
    /// The host name of the shop's API, for the `Host` header: `a1b2c3.execute-api.localhost`.
    package let apiHost: String
    /// That of the office's REST API, whose paths begin with ``OfficeAPI/stage``.
    package let officeHost: String
    package let users: [String]
    package let functions: [String]
    /// What is left out, and why.
    package let notes: [String]

    private static let role = "arn:aws:iam::000000000000:role/demo"

    /// Builds the application through the AWS API, as a person would.
    ///
    /// - Parameter folder: an empty folder for the functions' code; the endpoint runs it from there.
    /// - Throws: ``DeploymentError`` that names the call that was refused.
    package static func deploy(to endpoint: any EndpointCaller, folder: String) async throws -> DemoApplication {
        let (present, notes) = available()
        try CodeFolder.write(present, below: folder)
        let workflow = try await createWorkflow(on: endpoint, functions: Set(present.map(\.name)))
        async let tables: Void = createTables(on: endpoint)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for function in present {
                group.addTask { try await create(function, on: endpoint, folder: folder, workflow: workflow) }
            }
            try await group.waitForAll()
        }
        let api = try await createAPI(on: endpoint, functions: Set(present.map(\.name)))
        let office = try await OfficeAPI.create(on: endpoint)
        try await tables
        try await Watches.create(on: endpoint)
        return DemoApplication(
            apiHost: api, officeHost: office, users: users, functions: present.map(\.name), notes: notes)
    }

    private static func available() -> ([DemoFunction], notes: [String]) {
        var present: [DemoFunction] = []
        var notes: [String] = []
        for function in DemoFunction.all {
            if SearchPath.has(function.needs) {
                present.append(function)
            } else {
                notes.append("\(function.name) is left out: \(function.needs) is not on the PATH")
            }
        }
        return (present, notes)
    }

    /// - Returns: its ARN; `nil` where the functions that it needs are left out.
    private static func createWorkflow(
        on endpoint: any EndpointCaller, functions: Set<String>
    ) async throws -> String? {
        guard functions.isSuperset(of: OrderFlow.needs) else { return nil }
        let answer = try await endpoint.stepFunctions(
            "CreateStateMachine",
            [
                "name": .string(OrderFlow.name),
                "definition": .string(try OrderFlow.definition(functions: functions).prettyText),
                "roleArn": .string(role),
            ])
        guard let arn = answer["stateMachineArn"]?.string else {
            throw DeploymentError(description: "CreateStateMachine gave no stateMachineArn")
        }
        return arn
    }

    private static func create(
        _ function: DemoFunction, on endpoint: any EndpointCaller, folder: String, workflow: String?
    ) async throws {
        let body: JSON = [
            "FunctionName": .string(function.name),
            "Runtime": .string(function.runtime),
            "Handler": .string(function.handler),
            "Role": .string(role),
            "MemorySize": .int(function.memoryMiB),
            "Timeout": .int(function.timeoutSeconds),
            "Environment": ["Variables": ["ORDER_FLOW_ARN": .string(workflow ?? "")]],
            "Code": ["S3Bucket": .string("_fntop_local_"), "S3Key": .string("\(folder)/\(function.name)")],
        ]
        _ = try await endpoint.json("POST", "/2015-03-31/functions", service: "lambda", body)
    }

    private static func createTables(on endpoint: any EndpointCaller) async throws {
        let id: JSON = ["AttributeName": "id", "AttributeType": "S"]
        let key: JSON = ["AttributeName": "id", "KeyType": "HASH"]
        try await endpoint.dynamoDB(
            "CreateTable",
            [
                "TableName": "orders", "BillingMode": "PAY_PER_REQUEST", "KeySchema": [key],
                "AttributeDefinitions": [
                    id, ["AttributeName": "state", "AttributeType": "S"],
                    ["AttributeName": "created", "AttributeType": "N"],
                ],
                "GlobalSecondaryIndexes": [
                    [
                        "IndexName": "by-state", "Projection": ["ProjectionType": "ALL"],
                        "KeySchema": [
                            ["AttributeName": "state", "KeyType": "HASH"],
                            ["AttributeName": "created", "KeyType": "RANGE"],
                        ],
                    ]
                ],
                "StreamSpecification": ["StreamEnabled": true, "StreamViewType": "NEW_AND_OLD_IMAGES"],
            ])
        try await endpoint.dynamoDB(
            "CreateTable",
            [
                "TableName": "users", "BillingMode": "PAY_PER_REQUEST", "KeySchema": [key],
                "AttributeDefinitions": [id],
            ])
        for (number, user) in users.enumerated() {
            try await endpoint.dynamoDB(
                "PutItem",
                [
                    "TableName": "users",
                    "Item": [
                        "id": ["S": .string(user)],
                        "name": ["S": .string(names[number % names.count])],
                        "orders": ["N": "0"],
                    ],
                ]
            )
        }
    }

    private static func createAPI(on endpoint: any EndpointCaller, functions: Set<String>) async throws -> String {
        let api = try await endpoint.json(
            "POST", "/v2/apis", service: "apigateway", ["name": "shop", "protocolType": "HTTP"])
        guard let id = api["apiId"]?.string else { throw DeploymentError(description: "CreateApi gave no apiId") }
        for (route, function) in [("POST /order", "record-order"), ("GET /order/{id}", "query-user")]
        where functions.contains(function) {
            let integration = try await endpoint.json(
                "POST", "/v2/apis/\(id)/integrations", service: "apigateway",
                [
                    "integrationType": "AWS_PROXY",
                    "integrationUri": .string("arn:aws:lambda:us-east-1:000000000000:function:\(function)"),
                    "payloadFormatVersion": "2.0",
                ])
            let target = "integrations/\(integration["integrationId"]?.string ?? "")"
            _ = try await endpoint.json(
                "POST", "/v2/apis/\(id)/routes", service: "apigateway",
                ["routeKey": .string(route), "target": .string(target)])
        }
        _ = try await endpoint.json(
            "POST", "/v2/apis/\(id)/stages", service: "apigateway", ["stageName": "$default", "autoDeploy": true])
        return "\(id).execute-api.localhost"
    }

    private static let users = (1...24).map { "u-\($0)" }
    private static let names = [
        "Ada", "Björn", "Chen", "Dolores", "Emeka", "Fatima", "Giorgos", "Hana", "Ines", "Joon", "Kofi", "Lena",
    ]
}
