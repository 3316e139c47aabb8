import AWSCore
import JSON
import StatesLanguage
import Telemetry
import VelocityTemplate

/// `$input` of mapping templates.
///
/// See "Variables for data transformations for API Gateway" in the API Gateway Developer Guide.
struct TemplateInput: VelocityObject {
    let body: [UInt8]
    let incoming: Incoming

    /// How deep JSON may nest that becomes values of a template.
    static let deepest = 100

    func property(_ name: String) -> VelocityValue? {
        name == "body" ? .string(String(decoding: body, as: UTF8.self)) : nil
    }

    func call(_ method: String, _ arguments: [VelocityValue]) throws(VelocityError) -> VelocityValue? {
        let argument = arguments.first?.text ?? "$"
        switch method {
        case "json": return .string(try found(argument).map(\.text) ?? "\"\"")
        case "path": return try found(argument).map { VelocityValue($0) } ?? .null
        case "params" where arguments.isEmpty: return all
        case "params": return .string(parameter(argument) ?? "")
        case "getBody": return property("body")
        default: return nil
        }
    }

    private func found(_ path: String) throws(VelocityError) -> JSON? {
        let json: JSON
        do throws(JSONError) {
            json = body.isEmpty ? .object(JSONObject()) : try JSON(parsing: body, depth: Self.deepest)
        } catch {
            // A body that is no JSON is one text.
            json = .string(String(decoding: body, as: UTF8.self))
        }
        do throws(JSONPathError) {
            return try JSONPath(path).value(in: json)
        } catch {
            throw VelocityError("\(path) is no JSONPath: \(error.message)")
        }
    }

    /// Of the path, the query or a header, in that order.
    private func parameter(_ name: String) -> String? {
        incoming.parameters[name] ?? incoming.request.query.last { $0.name == name }?.value
            ?? incoming.request.headers.all(name).last
    }

    private var all: VelocityValue {
        let map = VelocityMap()
        map["path"] = .strings(incoming.parameters.sorted { $0.key < $1.key })
        map["querystring"] = .strings(incoming.request.query.map { ($0.name, $0.value) })
        map["header"] = .strings(incoming.request.headers.fields.map { ($0.name, $0.value) })
        return .map(map)
    }

    var text: String { "" }
}

/// `$util` of mapping templates.
struct TemplateUtilities: VelocityObject {
    func property(_ name: String) -> VelocityValue? { nil }

    func call(_ method: String, _ arguments: [VelocityValue]) throws(VelocityError) -> VelocityValue? {
        let text = arguments.first.map { $0.isNull ? "" : $0.text } ?? ""
        switch method {
        case "escapeJavaScript": return .string(Self.escaped(text))
        case "parseJson":
            do throws(JSONError) {
                return VelocityValue(try JSON(parsing: text, depth: TemplateInput.deepest))
            } catch {
                throw VelocityError("$util.parseJson: \(error)")
            }
        case "urlEncode":
            return .string(
                PercentEncoding.encoded(text).replacing("%20", with: "+").replacing("~", with: "%7E").replacing(
                    "%2A", with: "*"))
        case "urlDecode": return .string(PercentEncoding.decoded(text, plusIsSpace: true))
        case "base64Encode": return .string(Base64.encoded(Array(text.utf8)))
        case "base64Decode":
            guard let bytes = Base64.decoded(text) else {
                throw VelocityError("$util.base64Decode: the text is no base64")
            }
            return .string(String(decoding: bytes, as: UTF8.self))
        default: return nil
        }
    }

    var text: String { "" }

    /// As Java's `StringEscapeUtils.escapeJavaScript` does it.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for unit in text.utf16 {
            switch unit {
            case 0x22: result += "\\\""
            case 0x27: result += "\\'"
            case 0x5C: result += "\\\\"
            case 0x2F: result += "\\/"
            case 0x08: result += "\\b"
            case 0x0A: result += "\\n"
            case 0x09: result += "\\t"
            case 0x0C: result += "\\f"
            case 0x0D: result += "\\r"
            case 0x20..<0x7F: result.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
            default:
                let digits = String(unit, radix: 16, uppercase: true)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return result
    }
}
