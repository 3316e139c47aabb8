import AWSCore
import HTTPTransport
import JSON
import Telemetry

/// The ways out of the gateway: functions, services of the endpoint, and HTTP.
struct Backends: Sendable {
    let invoker: any FunctionInvoker
    let caller: any ServiceCaller
    let client: HTTPClient

    enum Outcome: Sendable {
        case function(FunctionResult)
        case http(HTTPReply)
        /// What an operation of a service answered.
        case service(JSON)
        /// The service or Lambda answered with an error.
        case refused(ServiceError)
        /// Nothing could be asked.
        case failed(String)
        case late
    }

    func invoke(
        _ function: String, _ payload: [UInt8], trigger: String, trace: String, milliseconds: Int
    ) async -> Outcome {
        let invocation = FunctionInvocation(payload: payload, trigger: trigger, traceHeader: trace)
        return await Deadline.race(milliseconds: milliseconds, late: .late) { [invoker] () async -> Outcome in
            do throws(ServiceError) {
                return .function(try await invoker.invoke(function, invocation))
            } catch {
                return .refused(error)
            }
        }
    }

    func call(
        _ service: String, _ operation: String, _ input: JSON, context: CallContext, milliseconds: Int
    ) async -> Outcome {
        await Deadline.race(milliseconds: milliseconds, late: .late) { [caller] () async -> Outcome in
            do throws(ServiceError) {
                return .service(try await caller.call(service, operation, input, context: context))
            } catch {
                return .refused(error)
            }
        }
    }

    /// - Parameter url: `http://host:port/path?query`
    func send(
        _ method: String, _ url: String, headers: HTTPHeaders, body: [UInt8], milliseconds: Int
    ) async -> Outcome {
        let address: WebAddress
        do throws(ServiceError) {
            address = try WebAddress(url)
        } catch {
            return .failed(error.message)
        }
        var request = HTTPRequest(method: method, target: address.target, headers: headers, body: body)
        request.headers["Host"] = address.authority
        do {
            return .http(
                try await client.send(
                    request, to: address.host, port: address.port, timeout: .milliseconds(milliseconds)))
        } catch HTTPClientError.timeout {
            return .late
        } catch {
            return .failed("\(url): \(error)")
        }
    }
}

/// The parts of a URL that a request needs.
struct WebAddress: Sendable {
    let host: String
    let port: Int
    /// Path and query.
    let target: String
    /// Host and port as the URL has them.
    let authority: String

    /// - Throws: what is wrong with the URL; `https` is not spoken here.
    init(_ url: String) throws(ServiceError) {
        guard !url.hasPrefix("https://") else {
            throw ServiceError(
                "BadRequestException", "fntop calls http:// URLs only, not \(url); put a plain HTTP server before it")
        }
        guard url.hasPrefix("http://") else { throw ServiceError("BadRequestException", "\(url) is no http:// URL") }
        let rest = url.dropFirst("http://".count)
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let behind = rest.dropFirst(authority.count)
        guard !authority.contains("@"), !behind.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else {
            throw ServiceError("BadRequestException", "\(url) is no http:// URL that can be called")
        }
        var name = authority
        var port = 80
        if let colon = authority.lastIndex(of: ":"), !authority.hasSuffix("]") {
            guard let number = Int(authority[authority.index(after: colon)...]), (1...65535).contains(number) else {
                throw ServiceError("BadRequestException", "\(url) has no valid port")
            }
            port = number
            name = authority[..<colon]
        }
        guard !name.isEmpty else { throw ServiceError("BadRequestException", "\(url) names no host") }
        host = name.filter { $0 != "[" && $0 != "]" }
        self.port = port
        self.authority = String(authority)
        target = behind.hasPrefix("/") ? String(behind) : "/" + behind
    }
}

/// The function that an integration's or authorizer's URI names.
enum FunctionURI {
    /// The function's ARN in `arn:aws:apigateway:…:path/2015-03-31/functions/ARN/invocations`, or the text as it is.
    static func function(_ uri: String) -> String {
        guard let marker = uri.firstRange(of: "/functions/") else { return uri }
        let rest = uri[marker.upperBound...]
        return String(rest.hasSuffix("/invocations") ? rest.dropLast("/invocations".count) : rest)
    }

    /// `hello` of `arn:aws:lambda:us-east-1:000000000000:function:hello:live`.
    static func name(_ function: String) -> String {
        let parts = function.split(separator: ":")
        if let place = parts.firstIndex(of: "function"), place + 1 < parts.count { return String(parts[place + 1]) }
        return parts.first.map(String.init) ?? function
    }
}
