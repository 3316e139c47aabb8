import AWSCore
import JSON
import Telemetry
import VelocityTemplate

/// What goes to an integration.
struct MappedREST {
    var headers = HTTPHeaders()
    var query: [(name: String, value: String)] = []
    var path: [String: String] = [:]
    var body: [UInt8] = []

    /// The URL with the values of its `{names}` and the query.
    func address(_ uri: String) -> String {
        var url = uri
        for (name, value) in path {
            let encoded = value.split(separator: "/", omittingEmptySubsequences: false).map {
                PercentEncoding.encoded($0)
            }
            url = url.replacing("{\(name)}", with: encoded.joined(separator: "/"))
        }
        guard !query.isEmpty else { return url }
        let text = query.map { "\(PercentEncoding.encoded($0.name))=\(PercentEncoding.encoded($0.value))" }
        return url + (url.contains("?") ? "&" : "?") + text.joined(separator: "&")
    }
}

extension RESTExchange {
    enum Mapped {
        case mapped(MappedREST)
        case failed(GatewayResponse, status: Int?, reason: String)
    }

    /// Parameters, then the body's template, then what the template overrode.
    func mappedRequest() -> Mapped {
        var mapped = MappedREST()
        if integration.kind == .httpProxy {
            mapped.headers = Forwarding.headers(request.headers, incoming)
            mapped.query = request.query
        }
        for (target, source) in integration.parameters {
            guard let value = context.value(source) else { continue }
            set(target, value, &mapped)
        }
        switch integration.kind {
        case .awsProxy, .httpProxy:
            mapped.body = request.body
            return .mapped(mapped)
        case .mock, .aws, .http: return withBody(mapped)
        }
    }

    private func set(_ target: String, _ value: String, _ mapped: inout MappedREST) {
        let parts = target.split(separator: ".", maxSplits: 3).map(String.init)
        guard parts.count == 4, parts[0] == "integration", parts[1] == "request" else { return }
        switch parts[2] {
        case "header": mapped.headers[parts[3]] = value
        case "querystring": mapped.query.append((name: parts[3], value: value))
        case "path": mapped.path[parts[3]] = value
        default: break
        }
    }

    private func withBody(_ given: MappedREST) -> Mapped {
        var mapped = given
        let sent = request.headers["Content-Type"]
        let type = (sent ?? "application/json").prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
        guard let template = integration.templates[type] else {
            let passes =
                switch integration.passthrough {
                case "NEVER": false
                case "WHEN_NO_TEMPLATES": integration.templates.isEmpty
                default: true
                }
            guard passes else {
                return .failed(.unsupportedMedia, status: nil, reason: "no request template is for \(type)")
            }
            mapped.body = body(integration.handling, request.body, isBinary: deployed.isBinary(sent))
            if integration.kind == .http, mapped.headers["Content-Type"] == nil {
                mapped.headers["Content-Type"] = sent ?? "application/json"
            }
            return .mapped(mapped)
        }
        do throws(VelocityError) {
            let (text, left) = try context.render(try template.get(), body: request.body)
            mapped.body = Array(text.utf8)
            if mapped.headers["Content-Type"] == nil { mapped.headers["Content-Type"] = "application/json" }
            for (place, name, value) in Self.overrides(left["requestOverride"]) {
                mapped.query.removeAll { place == "querystring" && $0.name == name }
                set("integration.request.\(place).\(name)", value, &mapped)
            }
            return .mapped(mapped)
        } catch {
            return .failed(.default5XX, status: 500, reason: "the request template failed: \(error)")
        }
    }

    private static func overrides(_ value: VelocityValue?) -> [(String, String, String)] {
        guard case .map(let map)? = value else { return [] }
        return map.keys.flatMap { place -> [(String, String, String)] in
            guard case .map(let values)? = map[place] else { return [] }
            return zip(values.keys, values.values).map { (place, $0, $1.text) }
        }
    }

    /// `CONVERT_TO_TEXT` makes base64 of what is binary, `CONVERT_TO_BINARY` the bytes of what is base64.
    private func body(_ handling: String?, _ body: [UInt8], isBinary: Bool) -> [UInt8] {
        switch handling {
        case "CONVERT_TO_TEXT" where isBinary: Array(Base64.encoded(body).utf8)
        case "CONVERT_TO_BINARY": Base64.decoded(String(decoding: body, as: UTF8.self)) ?? body
        default: body
        }
    }

    /// - Parameter text: what selects the response: an error message or a status code; `nil` for a function's success.
    func mappedResponse(
        _ received: [UInt8], _ headers: HTTPHeaders, for text: String?, isMock: Bool = false
    ) -> Outcome {
        do throws(VelocityError) {
            guard let chosen = try integration.response(for: text) else {
                return Self.broken("no integration response is for \(text ?? "success"), and there is no standard one")
            }
            var response = ServiceResponse(status: chosen.status, body: received)
            response.headers["Content-Type"] =
                isMock ? "application/json" : headers["Content-Type"] ?? "application/json"
            var left: VelocityMap?
            if let (type, template) = chosen.templates.first {
                let rendered = try context.render(try template.get(), body: received)
                response.body = Array(rendered.text.utf8)
                response.headers["Content-Type"] = type
                left = rendered.context
            } else {
                response.body = body(chosen.handling, received, isBinary: true)
            }
            for (target, source) in chosen.parameters {
                guard target.hasPrefix("method.response.header."),
                    let value = responseValue(source, received, headers)
                else { continue }
                response.headers[String(target.dropFirst("method.response.header.".count))] = value
            }
            override(&response, left)
            return .answered(response)
        } catch {
            return Self.broken("the mapping of the response failed: \(error)")
        }
    }

    private func responseValue(_ source: String, _ received: [UInt8], _ headers: HTTPHeaders) -> String? {
        let parts = source.split(separator: ".", maxSplits: 3).map(String.init)
        guard parts.count > 2, parts[0] == "integration", parts[1] == "response" else { return context.value(source) }
        switch parts[2] {
        case "header": return parts.count > 3 ? headers[parts[3]] : nil
        case "multivalueheader": return parts.count > 3 ? headers.all(parts[3]).joined(separator: ",") : nil
        case "body":
            return parts.count > 3 ? BodyPath.text(parts[3], in: received) : String(decoding: received, as: UTF8.self)
        default: return nil
        }
    }

    private func override(_ response: inout ServiceResponse, _ left: VelocityMap?) {
        guard case .map(let map)? = left?["responseOverride"] else { return }
        if let status = map["status"].flatMap({ Int($0.text) }), (100...599).contains(status) {
            response.status = status
        }
        guard case .map(let headers)? = map["header"] else { return }
        for (name, value) in zip(headers.keys, headers.values) { response.headers[name] = value.text }
    }
}
