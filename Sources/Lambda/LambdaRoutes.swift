import AWSCore

/// Which operation a method and path ask for.
struct LambdaRoutes {
    typealias Operation = any RESTOperation<LambdaService.Context>.Type

    /// A new operation is one line here.
    private static let all: [Operation] = [
        Invoke.self, InvokeAsync.self, InvokeWithResponseStream.self, CreateFunction.self, ListFunctions.self,
        GetFunction.self, DeleteFunction.self,
        GetFunctionConfiguration.self, UpdateFunctionConfiguration.self, UpdateFunctionCode.self,
        PublishVersion.self, ListVersionsByFunction.self, CreateAlias.self, ListAliases.self, GetAlias.self,
        UpdateAlias.self, DeleteAlias.self, PutFunctionEventInvokeConfig.self, GetFunctionEventInvokeConfig.self,
        UpdateFunctionEventInvokeConfig.self, DeleteFunctionEventInvokeConfig.self,
        ListFunctionEventInvokeConfigs.self, PublishLayerVersion.self, GetLayerVersion.self, DeleteLayerVersion.self,
        ListLayerVersions.self, ListLayers.self, CreateEventSourceMapping.self, ListEventSourceMappings.self,
        GetEventSourceMapping.self, UpdateEventSourceMapping.self, DeleteEventSourceMapping.self,
        PutFunctionConcurrency.self, GetFunctionConcurrency.self,
        DeleteFunctionConcurrency.self, AddPermission.self, RemovePermission.self, GetPolicy.self, TagResource.self,
        UntagResource.self, ListTags.self, GetAccountSettings.self, GetFunctionCodeSigningConfig.self,
    ]

    static var operationNames: [String] { all.map { $0.name }.sorted() }
    static let paths: [String: RESTPath] = all.reduce(into: [:]) { $0[$1.name] = RESTPath($1.method, $1.path) }

    private let routes: [(method: String, parts: [String], operation: Operation)]

    init() {
        routes = Self.all.map { operation in
            (operation.method, operation.path.split(separator: "/").map(String.init), operation)
        }
    }

    /// - Returns: with the decoded path parameters.
    func find(_ method: String, _ path: String) -> (Operation, [String: String])? {
        let parts = path.split(separator: "/")
        for route in routes where route.method == method && route.parts.count == parts.count {
            if let parameters = Self.match(route.parts, parts) { return (route.operation, parameters) }
        }
        return nil
    }

    private static func match(_ template: [String], _ parts: [Substring]) -> [String: String]? {
        var parameters: [String: String] = [:]
        for (wanted, part) in zip(template, parts) {
            if wanted.hasPrefix("{") {
                parameters[wanted.filter { $0 != "{" && $0 != "}" }] = decoded(part)
            } else if wanted != part {
                return nil
            }
        }
        return parameters
    }

    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = UInt8(String(rest.prefix(2)) ?? "", radix: 16), rest.count >= 2 {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
