import AWSCore
import JSON

/// An OpenAPI document: version 3, or Swagger 2.
struct Specification: Sendable {
    let json: JSON
    let isSwagger: Bool

    static let anyMethod = "x-amazon-apigateway-any-method"
    static let integrationKey = "x-amazon-apigateway-integration"
    static let authorizerKey = "x-amazon-apigateway-authorizer"

    /// - Throws: `BadRequestException` for what is no such document; YAML is not read here.
    init(_ body: [UInt8]) throws(ServiceError) {
        do throws(JSONError) {
            json = try JSON(parsing: body)
        } catch {
            throw .badRequest("Unable to parse API definition: it is no JSON (\(error)); YAML is not read here")
        }
        isSwagger = json["swagger"]?.string?.hasPrefix("2") == true
        guard isSwagger || json["openapi"]?.string?.hasPrefix("3") == true else {
            throw .badRequest("Unable to parse API definition: it is neither OpenAPI 3 nor Swagger 2")
        }
        guard json["info"]?["title"]?.string?.isEmpty == false else {
            throw .badRequest("Unable to parse API definition: info.title is missing")
        }
    }

    var title: String { json["info"]?["title"]?.string ?? "" }

    struct Operation: Sendable {
        /// `/pets/{id}`, or `$default`.
        var path: String
        /// `GET`, `ANY`
        var method: String
        var json: JSON
    }

    /// All operations, in their order.
    var operations: [Operation] {
        var found: [Operation] = []
        for (path, item) in json["paths"]?.object ?? JSONObject() {
            let shared = item["parameters"]?.array ?? []
            for (name, value) in item.object ?? JSONObject() {
                let isAny = name.lowercased() == Self.anyMethod
                guard isAny || ["get", "put", "post", "delete", "options", "head", "patch"].contains(name.lowercased())
                else {
                    continue
                }
                var operation = value
                if !shared.isEmpty { operation["parameters"] = .array(shared + (value["parameters"]?.array ?? [])) }
                found.append(
                    Operation(path: path, method: isAny ? "ANY" : name.uppercased(), json: operation))
            }
        }
        return found
    }

    var securitySchemes: JSONObject {
        (isSwagger ? json["securityDefinitions"] : json["components"]?["securitySchemes"])?.object ?? JSONObject()
    }

    var schemas: JSONObject {
        (isSwagger ? json["definitions"] : json["components"]?["schemas"])?.object ?? JSONObject()
    }

    /// What a reference inside of the document names; anything else is itself.
    func resolved(_ value: JSON?) -> JSON? {
        guard let value, let reference = value["$ref"]?.string, reference.hasPrefix("#/") else { return value }
        var target: JSON? = json
        for part in reference.dropFirst(2).split(separator: "/") {
            target = target?[String(part).replacing("~1", with: "/").replacing("~0", with: "~")]
        }
        return target
    }

    /// The first scheme that an operation wants, with its scopes; `nil` for none.
    func security(_ operation: JSON) -> [(name: String, scopes: [String])] {
        let list = operation["security"]?.array ?? json["security"]?.array ?? []
        return list.flatMap { ($0.object ?? JSONObject()).map { ($0, $1.stringList) } }
    }
}
