package import JSON

/// The AWS Query protocol: a form in, XML out.
package enum QueryProtocol {
    private static let longestList = 10_000

    /// Makes `MetricDataQueries.member.1.Id=a` and so on into a JSON object with arrays.
    package static func decode(_ form: [(name: String, value: String)]) -> JSON {
        var root = JSON.object(JSONObject())
        for (name, value) in form where name != "Action" && name != "Version" {
            set(&root, name.split(separator: ".").map(String.init)[...], .string(value), depth: 0)
        }
        return root
    }

    private static func set(_ json: inout JSON, _ path: ArraySlice<String>, _ value: JSON, depth: Int) {
        guard let first = path.first, depth < 16 else {
            json = value
            return
        }
        let rest = path.dropFirst()
        if first == "member", let number = rest.first.flatMap(Int.init), (1...longestList).contains(number) {
            var array = json.array ?? []
            while array.count < number { array.append(.null) }
            set(&array[number - 1], rest.dropFirst(), value, depth: depth + 1)
            json = .array(array)
            return
        }
        var child = json[first] ?? .null
        set(&child, rest, value, depth: depth + 1)
        json[first] = child
    }

    /// The answer to an action as XML; arrays become `<member>` elements.
    package static func encode(_ output: JSON, action: String, namespace: String, requestID: String) -> [UInt8] {
        var text = "<\(action)Response xmlns=\"\(namespace)\"><\(action)Result>"
        for (name, value) in output.object ?? JSONObject() { element(name, value, &text) }
        text += "</\(action)Result><ResponseMetadata><RequestId>\(escaped(requestID))</RequestId></ResponseMetadata>"
        text += "</\(action)Response>"
        return Array(text.utf8)
    }

    package static func encode(_ error: ServiceError, namespace: String, requestID: String) -> [UInt8] {
        let type = error.status >= 500 ? "Receiver" : "Sender"
        let text = """
            <ErrorResponse xmlns="\(namespace)"><Error><Type>\(type)</Type><Code>\(escaped(error.code))</Code>\
            <Message>\(escaped(error.message))</Message></Error><RequestId>\(escaped(requestID))</RequestId></ErrorResponse>
            """
        return Array(text.utf8)
    }

    private static func element(_ name: String, _ value: JSON, _ text: inout String) {
        text += "<\(name)>"
        switch value {
        case .array(let values): for value in values { element("member", value, &text) }
        case .object(let object): for (name, value) in object { element(name, value, &text) }
        case .string(let string): text += escaped(string)
        case .null: break
        default: text += value.text
        }
        text += "</\(name)>"
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
    }
}
