import AWSCore
import HTTPTransport
import JSON
import NIOCore
import Telemetry

/// The listener of an environment: the Runtime, Extensions and Telemetry APIs.
struct RuntimeAPI: HTTPResponder {
    let environment: Environment

    func respond(to request: HTTPRequest, in exchange: HTTPExchange) {
        guard let core = environment.core, core.phase != .ended || request.path.hasPrefix("/2020-01-01/") else {
            exchange.answer(HTTPResponse(status: 410))
            return
        }
        core.respond(to: request, in: exchange)
    }
}

extension EnvironmentCore {
    static let payloadLimit = 6_291_556

    func respond(to request: HTTPRequest, in exchange: HTTPExchange) {
        let path = request.path
        if path.hasPrefix("/2018-06-01/runtime/") {
            runtime(request, path.dropFirst(20), exchange)
        } else if path.hasPrefix("/2020-01-01/extension/") {
            extensionCall(request, path.dropFirst(22), exchange)
        } else if path == "/2022-07-01/telemetry" || path == "/2020-08-15/logs", request.method == "PUT" {
            subscribe(request, exchange)
        } else if path == "/2018-06-01/ping" {
            exchange.answer(HTTPResponse(bytes: Array("pong".utf8)))
        } else {
            exchange.answer(HTTPResponse(status: 404, bytes: Array("404 page not found\n".utf8)))
        }
    }

    // MARK: Runtime

    private func runtime(_ request: HTTPRequest, _ path: Substring, _ exchange: HTTPExchange) {
        if runtimeSpoke == nil { runtimeSpoke = .now() }
        let parts = path.split(separator: "/")
        switch (request.method, parts.count) {
        case ("GET", 2) where path == "invocation/next": next(exchange)
        case ("POST", 2) where path == "init/error": initError(request, exchange)
        case ("POST", 3) where parts[0] == "invocation" && parts[2] == "response": response(parts[1], request, exchange)
        case ("POST", 3) where parts[0] == "invocation" && parts[2] == "error": error(parts[1], request, exchange)
        default: exchange.answer(HTTPResponse(status: 404, bytes: Array("404 page not found\n".utf8)))
        }
    }

    private func next(_ exchange: HTTPExchange) {
        readLogs()
        switch machine.next() {
        case .wait:
            runtimeQuestion = exchange
            if phase == .initializing { checkReady() } else { checkFinished() }
        case .again:
            guard let current else { return }
            exchange.answer(invocation(current))
        case .refused(let refusal): refuse(refusal.status, refusal.type, refusal.message, exchange)
        }
    }

    private func response(_ id: Substring, _ request: HTTPRequest, _ exchange: HTTPExchange) {
        if let mode = request.headers["Lambda-Runtime-Function-Response-Mode"], mode != "streaming" {
            refuse(
                400, "InvalidFunctionResponseMode", "Invalid Lambda-Runtime-Function-Response-Mode header", exchange)
            return
        }
        switch machine.respond(to: id, isError: false) {
        case .refused(let refusal): refuse(refusal.status, refusal.type, refusal.message, exchange)
        case .accepted:
            guard request.body.count <= Self.payloadLimit else {
                tooLarge(request.body.count, exchange)
                return
            }
            accept(exchange)
            answered(InvocationOutcome(payload: request.body, isError: false), errorType: nil, errorMessage: nil)
        }
    }

    private func tooLarge(_ count: Int, _ exchange: HTTPExchange) {
        let limit = Self.payloadLimit
        refuse(413, "RequestEntityTooLarge", "Exceeded maximum allowed payload size (\(limit) bytes).", exchange)
        let message = "Response payload size (\(count) bytes) exceeded maximum allowed payload size (\(limit) bytes)."
        let type = "Function.ResponseSizeTooLarge"
        let body: JSON = ["errorMessage": .string(message), "errorType": .string(type)]
        answered(InvocationOutcome(payload: body.bytes, isError: true), errorType: type, errorMessage: message)
    }

    private func error(_ id: Substring, _ request: HTTPRequest, _ exchange: HTTPExchange) {
        switch machine.respond(to: id, isError: true) {
        case .refused(let refusal): refuse(refusal.status, refusal.type, refusal.message, exchange)
        case .accepted:
            accept(exchange)
            let details = try? JSON(parsing: request.body)
            let type = details?["errorType"]?.string ?? request.headers["Lambda-Runtime-Function-Error-Type"]
            answered(
                InvocationOutcome(payload: Array(request.body.prefix(Self.payloadLimit)), isError: true),
                errorType: type ?? "Runtime.Unknown", errorMessage: details?["errorMessage"]?.string)
        }
    }

    private func initError(_ request: HTTPRequest, _ exchange: HTTPExchange) {
        if let refusal = machine.failInit() {
            refuse(refusal.status, refusal.type, refusal.message, exchange)
            return
        }
        accept(exchange)
        let details = try? JSON(parsing: request.body)
        let type = details?["errorType"]?.string ?? request.headers["Lambda-Runtime-Function-Error-Type"]
        initError = (type ?? "Runtime.Unknown", request.body)
        readLogs()
        initFailed(type ?? "Runtime.Unknown", message: details?["errorMessage"]?.string ?? "", body: request.body)
    }

    private func accept(_ exchange: HTTPExchange) {
        exchange.answer(
            HTTPResponse(
                status: 202, headers: ["Content-Type": "application/json"], bytes: Array("{\"status\":\"OK\"}\n".utf8)))
    }

    private func refuse(_ status: Int, _ type: String, _ message: String, _ exchange: HTTPExchange) {
        let body: JSON = ["errorMessage": .string(message), "errorType": .string(type)]
        exchange.answer(
            HTTPResponse(status: status, headers: ["Content-Type": "application/json"], bytes: body.bytes))
    }

    // MARK: Extensions

    private func extensionCall(_ request: HTTPRequest, _ path: Substring, _ exchange: HTTPExchange) {
        do throws(ExtensionsMachine.Refusal) {
            switch (request.method, path) {
            case ("POST", "register"): try register(request, exchange)
            case ("GET", "event/next"): try nextEvent(request, exchange)
            case ("POST", "init/error"), ("POST", "exit/error"): try extensionFailed(request, path, exchange)
            default: exchange.answer(HTTPResponse(status: 404, bytes: Array("404 page not found\n".utf8)))
            }
        } catch {
            refuse(403, error.type, error.message, exchange)
        }
    }

    private func register(_ request: HTTPRequest, _ exchange: HTTPExchange) throws(ExtensionsMachine.Refusal) {
        guard let name = request.headers["Lambda-Extension-Name"] else {
            throw .init(type: "Extension.InvalidExtensionName", message: "Empty extension name")
        }
        guard let body = try? JSON(parsing: request.body), body["events"] == nil || body["events"]?.array != nil else {
            throw .init(type: "InvalidRequestFormat", message: "The body is not JSON with events")
        }
        let identifier = RequestID().description
        let events = body["events"]?.array?.compactMap(\.string) ?? []
        try extensions.register(name, events: events, identifier: identifier)
        say(.extension(name: name, state: "Registered", events: events))
        var answer: JSON = [
            "functionName": .string(function.name), "functionVersion": .string(function.configuration.version),
            "handler": .string(function.configuration.handler),
        ]
        if request.headers["Lambda-Extension-Accept-Feature"]?.contains("accountId") == true {
            answer["accountId"] = .string(ARN(function.arn)?.account ?? ARN.defaultAccount)
        }
        exchange.answer(
            HTTPResponse(
                headers: ["Content-Type": "application/json", "Lambda-Extension-Identifier": identifier],
                bytes: answer.bytes))
        if extensions.allExternalRegistered, runtime == nil, phase == .initializing { startRuntimeOnce() }
    }

    private func startRuntimeOnce() {
        guard runtimeStarts < attempt else { return }
        runtimeStarts = attempt
        startRuntime()
    }

    private func nextEvent(_ request: HTTPRequest, _ exchange: HTTPExchange) throws(ExtensionsMachine.Refusal) {
        let found = try extensions.next(request.headers["Lambda-Extension-Identifier"])
        extensionQuestions[found.identifier] = exchange
        if phase == .initializing { checkReady() } else { checkFinished() }
    }

    func answer(_ identifier: String, _ event: JSON) {
        guard let question = extensionQuestions.removeValue(forKey: identifier) else { return }
        question.answer(
            HTTPResponse(
                headers: [
                    "Content-Type": "application/json",
                    "Lambda-Extension-Event-Identifier": RequestID().description,
                ], bytes: event.bytes))
    }

    private func extensionFailed(
        _ request: HTTPRequest, _ path: Substring, _ exchange: HTTPExchange
    ) throws(ExtensionsMachine.Refusal) {
        _ = try extensions.find(request.headers["Lambda-Extension-Identifier"])
        guard request.headers["Lambda-Extension-Function-Error-Type"] != nil else {
            throw .init(
                type: "Extension.MissingHeader", message: "Lambda-Extension-Function-Error-Type not found")
        }
        accept(exchange)
        let type = path == "init/error" ? "Extension.InitError" : "Extension.ExitError"
        if phase == .initializing {
            initFailed(type, message: type, body: nil)
        } else if phase == .running {
            fail(type, message: type, reason: type)
        }
    }

    // MARK: Telemetry

    private func subscribe(_ request: HTTPRequest, _ exchange: HTTPExchange) {
        let found: ExtensionsMachine.Extension
        do throws(ExtensionsMachine.Refusal) {
            found = try extensions.find(request.headers["Lambda-Extension-Identifier"])
        } catch {
            refuse(403, error.type, error.message, exchange)
            return
        }
        guard phase == .initializing else {
            refuse(403, "Telemetry.SubscriptionClosed", "Telemetry API subscription is closed already", exchange)
            return
        }
        guard let body = try? JSON(parsing: request.body),
            let subscriber = TelemetrySubscriber(body, client: environments.client, loop: loop)
        else {
            refuse(400, "ValidationError", "The subscription is not valid", exchange)
            return
        }
        exchange.answer(HTTPResponse(headers: ["Content-Type": "application/json"], bytes: Array("\"OK\"".utf8)))
        subscribers.append(subscriber)
        say(.telemetrySubscription(name: found.name, types: subscriber.types))
        // What it missed before it could subscribe.
        guard subscriber.wantsPlatform else { return }
        let start = PlatformEvent.initStart(
            runtime: function.configuration.runtime, function: function.name,
            version: function.configuration.version, stream: logStream, memory: function.configuration.memoryMiB)
        subscriber.put(start.json(at: .now() - Microseconds(.now() - initStart)))
    }
}
