import AWSCore
import JSON
import Telemetry
import Testing

@testable import APIGateway

struct RESTMappingTests {
    private static let echo: JSON = [
        "type": "AWS", "httpMethod": "POST", "passthroughBehavior": "WHEN_NO_TEMPLATES",
        "uri":
            "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:f/invocations",
    ]

    /// What a function gets of a template over a request, as text.
    private func mapped(_ template: String, body: String = "", path: String = "/dev/items/7") async throws -> String {
        let stage = Stage()
        var integration = Self.echo
        integration["requestTemplates"] = ["application/json": .string(template)]
        let id = try await stage.rest(
            integration: integration, responses: [("200", [:], [:])])
        return await stage.call(id, "POST", path, ["X-Name": "o'neil/\"x\""], body: body).text
    }

    private static let body =
        #"{"customer": {"name": "Ann \"A\"", "tags": ["x", "y"]}, "items": [{"sku": "a", "qty": 2}, {"sku": "b", "qty": 1}], "total": 19.90, "note": "it's"}"#

    /// The variables of "Variables for data transformations for API Gateway" in the API Gateway Developer Guide.
    @Test(arguments: [
        (
            #"{"id": "$input.params('id')", "q": "$input.params('q')", "none": "$input.params('none')"}"#,
            #"{"id": "7", "q": "1", "none": ""}"#
        ),
        (#"$input.json('$.customer.tags')"#, #"["x","y"]"#), (#"$input.json('$.customer.name')"#, #""Ann \"A\"""#),
        (#"$input.json('$.none')"#, #""""#), (#"$input.json('$.total')"#, "19.90"),
        (#"$input.path('$.customer.name')"#, #"Ann "A""#), (#"$input.path('$.items[1].sku')"#, "b"),
        (#"$input.path('$.items').size()"#, "2"), (#"$input.path('$.none')"#, ""),
        (#"#set($r = $input.path('$'))$r.customer.tags[0]-$r.total"#, "x-19.9"),
        (#"$util.escapeJavaScript($input.path('$.note'))"#, #"it\'s"#),
        (#"$util.escapeJavaScript($input.params('X-Name'))"#, #"o\'neil\/\"x\""#),
        (#"$util.base64Encode('hi')$util.base64Decode('aGk=')"#, "aGk=hi"),
        (#"$util.urlEncode('a b&c/d')|$util.urlDecode('a+b%26c')"#, "a+b%26c%2Fd|a b&c"),
        (#"#set($j = $util.parseJson('{"a": [1, {"b": true}]}'))$j.a[1].b"#, "true"),
        (
            #"$context.httpMethod $context.stage $context.resourcePath $context.identity.sourceIp"#,
            "POST dev /items/{id} 127.0.0.9"
        ),
        (#"$context.requestId $context.path"#, "c6af9ac6-7b61-11e6-9a41-93e8deadbeef /dev/items/7"),
        (#"$input.params().path.id $input.params().querystring.get('q')"#, "7 1"),
        (
            ##"{#foreach($k in $input.params().path.keySet())"$k": "$util.escapeJavaScript($input.params().path.get($k))"#if($foreach.hasNext),#end#end}"##,
            #"{"id": "7"}"#
        ),
        (
            ##"[#foreach($i in $input.path('$.items'))"$i.sku x$i.qty"#if($foreach.hasNext),#end#end]"##,
            #"["a x2","b x1"]"#
        ),
        ("$!stageVariables.none|$stageVariables.none", "|"),
    ])
    func templatesSeeTheRequest(_ template: String, _ expected: String) async throws {
        #expect(try await mapped(template, body: Self.body, path: "/dev/items/7?q=1") == expected)
    }

    @Test(arguments: [
        ("WHEN_NO_MATCH", "text/csv", 200), ("WHEN_NO_TEMPLATES", "text/csv", 415), ("NEVER", "text/csv", 415),
        ("NEVER", "application/json", 200),
    ])
    func passthroughIsAsItIsSet(_ behavior: String, _ type: String, _ status: Int) async throws {
        let stage = Stage()
        var integration = Self.echo
        integration["passthroughBehavior"] = .string(behavior)
        integration["requestTemplates"] = ["application/json": "$input.json('$')"]
        let id = try await stage.rest(integration: integration, responses: [("200", [:], [:])])
        let response = await stage.call(id, "POST", "/dev/items/1", ["Content-Type": type], body: "{}")
        #expect(response.status == status)
        if status == 415 { #expect(response.text == #"{"message":"Unsupported Media Type"}"#) }
    }

    @Test(arguments: [
        ("NotFound: 7", 404, #"{"error": "NotFound: 7"}"#), ("boom", 500, #"{"message": "Internal server error"}"#),
        ("", 200, #"{"ok":1}"#),
    ])
    func responsesAreSelectedByTheErrorMessage(_ message: String, _ status: Int, _ body: String) async throws {
        let stage = Stage { _ in message.isEmpty ? .success(["ok": 1]) : .failure(message) }
        var responses: [(status: String, method: JSON, integration: JSON)] = [
            (
                "404", [:],
                [
                    "selectionPattern": "NotFound.*",
                    "responseTemplates": ["application/json": #"{"error": "$input.path('$.errorMessage')"}"#],
                ]
            )
        ]
        if message != "boom" { responses.append(("200", [:], [:])) }
        let id = try await stage.rest(integration: Self.echo, responses: responses)
        let response = await stage.call(id, "POST", "/dev/items/1", body: "{}")
        #expect(response.status == status)
        #expect(response.text == body)
    }

    @Test func mocksAnswerWithoutABackend() async throws {
        let stage = Stage()
        let id = try await stage.rest(
            integration: [
                "type": "MOCK",
                "requestTemplates": [
                    "application/json": #"{"statusCode": #if($input.params('id') == "1")200#{else}418#end}"#
                ],
            ],
            responses: [
                (
                    "200", ["responseParameters": ["method.response.header.X-Id": false]],
                    [
                        "responseParameters": ["method.response.header.X-Id": "'fixed'"],
                        "responseTemplates": [
                            "application/json":
                                #"#set($context.responseOverride.header.X-Own = "o"){"id": "$input.params('id')"}"#
                        ],
                    ]
                ),
                (
                    "418", [:],
                    [
                        "selectionPattern": "418",
                        "responseTemplates": ["text/plain": "#set($context.responseOverride.status = 419)teapot"],
                    ]
                ),
            ])
        let first = await stage.call(id, "POST", "/dev/items/1")
        #expect((first.status, first.text) == (200, #"{"id": "1"}"#))
        #expect(first.headers["X-Id"] == "fixed")
        #expect(first.headers["X-Own"] == "o")
        let second = await stage.call(id, "POST", "/dev/items/2")
        #expect((second.status, second.text) == (419, "teapot"))
        #expect(second.headers["Content-Type"] == "text/plain")
    }

    @Test func servicesAreCalledByActionAndByForm() async throws {
        let services = RecordingCaller { operation, _ throws(ServiceError) in
            guard operation != "dynamodb:GetItem" else { throw ServiceError("ResourceNotFoundException", "no table") }
            return operation.hasPrefix("states") ? ["executionArn": "arn:x"] : ["MessageId": "m"]
        }
        let stage = Stage(services: services)
        let responses: [(status: String, method: JSON, integration: JSON)] = [
            ("200", [:], [:]), ("400", [:], ["selectionPattern": "4\\d{2}"]),
        ]
        let start = try await stage.rest(
            integration: [
                "type": "AWS", "httpMethod": "POST", "uri": "arn:aws:apigateway:us-east-1:states:action/StartExecution",
                "requestTemplates": [
                    "application/json":
                        #"{"input": "$util.escapeJavaScript($input.json('$'))", "stateMachineArn": "arn:m"}"#
                ],
            ], responses: responses)
        #expect(
            await stage.call(start, "POST", "/dev/items/1", body: #"{"a": 1}"#).text == #"{"executionArn":"arn:x"}"#)
        let queue = try await stage.rest(
            integration: [
                "type": "AWS", "httpMethod": "POST", "uri": "arn:aws:apigateway:us-east-1:sqs:path/000000000000/orders",
                "requestParameters": ["integration.request.header.Content-Type": "'application/x-www-form-urlencoded'"],
                "requestTemplates": ["application/json": "Action=SendMessage&MessageBody=$util.urlEncode($input.body)"],
            ], responses: responses)
        #expect(await stage.call(queue, "POST", "/dev/items/1", body: "a b").text == #"{"MessageId":"m"}"#)
        let table = try await stage.rest(
            integration: [
                "type": "AWS", "httpMethod": "POST", "uri": "arn:aws:apigateway:us-east-1:dynamodb:action/GetItem",
            ], responses: responses)
        let failed = await stage.call(table, "POST", "/dev/items/1", body: "{}")
        #expect(failed.status == 400)
        #expect(failed.text == #"{"__type":"ResourceNotFoundException","message":"no table"}"#)
        #expect(
            services.calls == [
                #"states:StartExecution {"input":"{\"a\":1}","stateMachineArn":"arn:m"}"#,
                #"sqs:SendMessage {"MessageBody":"a b","QueueUrl":"/000000000000/orders"}"#, "dynamodb:GetItem {}",
            ])
        #expect(stage.sink.requests.first?.execution == "arn:x")
    }

    @Test(arguments: [
        "#if(", "#set($a = 1 / )", "$util.parseJson('{')", "$input.json('$[')", "#foreach($i in [1..999999999])#end",
    ])
    func brokenTemplatesAre500(_ template: String) async throws {
        let stage = Stage()
        var integration = Self.echo
        integration["requestTemplates"] = ["application/json": .string(template)]
        let id = try await stage.rest(integration: integration, responses: [("200", [:], [:])])
        let response = await stage.call(id, "POST", "/dev/items/1", body: "{}")
        #expect(response.status == 500)
        #expect(response.text == #"{"message": "Internal server error"}"#)
        #expect(stage.sink.requests.last?.errorMessage?.hasPrefix("the request template failed: ") == true)
    }
}
