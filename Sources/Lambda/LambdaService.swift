package import AWSCore
import Glibc
import JSON
package import NIOCore
import NIOPosix
package import Telemetry

/// AWS Lambda on this machine: functions are processes.
package final class LambdaService: Service, FunctionInvoker {
    /// What operations work on.
    struct Context: Sendable {
        let functions: Functions
        let code: CodeStore
        let layers: Layers
        let interpreters: Interpreters
        let environments: Environments
        let invocations: Invocations
        let invoker: LocalInvoker
        let sources: EventSources
    }

    private let context: Context
    private let routes = LambdaRoutes()
    private let sweep: RepeatedTask
    private let shelf: FunctionShelf?

    /// - Parameters:
    ///   - caller: reads streams, and reaches the queues, topics and buses that are told of invocations.
    ///   - signal: tells of new records in streams.
    /// - Throws: when the folder for code cannot be written.
    package init(
        group: any EventLoopGroup, sink: any TelemetrySink, settings: LambdaSettings, caller: any ServiceCaller,
        signal: any StreamSignal = NoStreamSignal()
    ) throws {
        let code = (settings.dataFolder ?? settings.directory) + "/code"
        try Files.makeDirectory(code)
        shelf = try settings.dataFolder.map { try FunctionShelf(directory: "\($0)/functions") }
        try Bootstrap.write(to: "\(settings.directory)/runtime")
        Self.allowManyDescriptors()
        let functions = Functions(sink: sink, shelf: shelf)
        let layers = try Layers(directory: settings.dataFolder.map { "\($0)/layers" })
        let environments = Environments(
            group: group, functions: functions, layers: layers, settings: settings, sink: sink)
        let destinations = Destinations(
            caller: caller, functions: functions, sink: sink, clock: settings.clock)
        let invocations = Invocations(
            functions: functions, environments: environments, settings: settings, destinations: destinations,
            sink: sink)
        let invoker = LocalInvoker(functions: functions, invocations: invocations)
        let mappings = try settings.dataFolder.map { try EventSourceShelf(directory: "\($0)/event-sources") }
        let sources = EventSources(
            PollerContext(
                caller: caller, invoker: invoker, destinations: destinations, signal: signal, sink: sink,
                clock: settings.clock),
            shelf: mappings)
        context = Context(
            functions: functions, code: CodeStore(directory: code), layers: layers, interpreters: Interpreters(),
            environments: environments, invocations: invocations, invoker: invoker, sources: sources)
        sweep = group.next().scheduleRepeatedTask(initialDelay: .seconds(5), delay: .seconds(5)) { _ in
            environments.endIdle()
        }
    }

    /// Ends all environments; waits until their processes are gone.
    package func shutdown() async {
        sweep.cancel()
        context.sources.stop()
        context.invocations.close()
        await context.environments.shutdown()
        await context.sources.ended()
        if shelf == nil { Files.remove(context.code.directory) }
    }

    /// Goes on reading the streams of another run, once all that functions may call is there.
    package func resume() { context.sources.resume() }

    /// Brings back the functions and mappings of another run, and removes code that belongs to none.
    ///
    /// - Returns: files that could not be read.
    package func restore() async -> [String] {
        guard let shelf else { return [] }
        var (functions, unreadable) = shelf.load()
        var used: Set<String> = []
        for var function in functions {
            function.runtime = await context.interpreters.resolve(function.configuration.runtime)
            if case .missing(let reason) = function.runtime { function.configuration.failure = reason }
            for place in function.versions.indices {
                let runtime = await context.interpreters.resolve(function.versions[place].configuration.runtime)
                function.versions[place].runtime = runtime
                if case .missing(let reason) = runtime { function.versions[place].configuration.failure = reason }
                used.insert(function.versions[place].code.directory)
            }
            used.insert(function.code.directory)
            context.functions.restore(function)
            if let count = function.reservedConcurrency { context.environments.reserve(count, for: function.name) }
        }
        unreadable += context.layers.restore() + context.sources.restore()
        used.formUnion(context.layers.folders)
        let directory = context.code.directory
        // Code of a function whose file cannot be read may still be wanted.
        guard unreadable.isEmpty else { return unreadable }
        for name in Files.names(in: directory) where !used.contains("\(directory)/\(name)") {
            Files.remove("\(directory)/\(name)")
        }
        return []
    }

    // MARK: Service

    package var signingName: String { "lambda" }

    package var operationNames: [String] { LambdaRoutes.operationNames }
    package var paths: [String: RESTPath] { LambdaRoutes.paths }

    package var pathPrefixes: [String] {
        [
            "/2015-03-31/functions", "/2017-10-31/functions", "/2019-09-30/functions", "/2017-03-31/tags",
            "/2016-08-19/account-settings", "/2014-11-13/functions", "/2015-03-31/event-source-mappings",
            "/2018-10-31/layers", "/2019-09-25/functions", "/2020-06-30/functions", "/2021-10-31/functions",
            "/2021-11-15/functions",
        ]
    }

    package func respond(to request: ServiceRequest) async -> ServiceResponse {
        guard let (operation, parameters) = routes.find(request.method, request.path) else {
            let error = ServiceError(
                "NotImplemented", "fntop has no Lambda operation \(request.method) \(request.path)", status: 501)
            return Self.response(error, operation: "\(request.method) \(request.path)", resource: "")
        }
        let resource = Self.resource(parameters)
        do throws(ServiceError) {
            var response = try await operation.run(request, parameters: parameters, in: context)
            response.operation = operation.name
            if response.resource.isEmpty { response.resource = resource }
            if !response.body.isEmpty, response.headers["Content-Type"] == nil {
                response.headers.add("Content-Type", "application/json")
            }
            return response
        } catch {
            return Self.response(error, operation: operation.name, resource: resource)
        }
    }

    private static func resource(_ parameters: [String: String]) -> String {
        guard let text = parameters["FunctionName"] ?? parameters["Resource"] else { return "" }
        return (try? FunctionReference(text))?.name ?? text
    }

    private static func response(_ error: ServiceError, operation: String, resource: String) -> ServiceResponse {
        var body = JSONObject()
        for (name, value) in error.details { body[name] = value }
        // These two have the message with a capital in their shape.
        let isCapital = ["ResourceNotFoundException", "ServiceException"].contains(error.code)
        body[isCapital ? "Message" : "message"] = .string(error.message)
        var headers: HTTPHeaders = ["Content-Type": "application/json", "x-amzn-ErrorType": error.code]
        if error.status == 429 { headers.add("Retry-After", "1") }
        return ServiceResponse(
            status: error.status, headers: headers, body: JSON.object(body).bytes, operation: operation,
            resource: resource, errorCode: error.code)
    }

    // MARK: FunctionInvoker

    package func invoke(
        _ function: String, _ invocation: FunctionInvocation
    ) async throws(ServiceError) -> FunctionResult {
        try await context.invoker.invoke(function, invocation)
    }

    /// Each environment needs some; the usual 1024 are soon gone.
    private static func allowManyDescriptors() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        let wanted = min(limit.rlim_max, 65536)
        guard limit.rlim_cur < wanted else { return }
        limit.rlim_cur = wanted
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
