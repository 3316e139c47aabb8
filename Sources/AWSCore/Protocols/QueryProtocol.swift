package import JSON

/// The AWS Query protocol: a form in, XML out.
package enum QueryProtocol {
    /// The answer to an action as XML; arrays become `<member>` elements.
    ///
    /// - Parameter maps: names of members whose objects are maps, and go out as entries of keys and values.
    package static func encode(
        _ output: JSON, action: String, namespace: String, requestID: String, maps: Set<String> = []
    ) -> [UInt8] {
        var text = "<\(action)Response xmlns=\"\(namespace)\"><\(action)Result>"
        for (name, value) in output.object ?? JSONObject() { element(name, value, maps, &text) }
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

    private static func element(_ name: String, _ value: JSON, _ maps: Set<String>, _ text: inout String) {
        text += "<\(name)>"
        switch value {
        case .array(let values): for value in values { element("member", value, maps, &text) }
        case .object(let object) where maps.contains(name):
            for (key, value) in object { element("entry", ["key": .string(key), "value": value], maps, &text) }
        case .object(let object): for (name, value) in object { element(name, value, maps, &text) }
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
