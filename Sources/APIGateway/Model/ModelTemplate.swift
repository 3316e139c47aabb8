import JSON

/// A mapping template that a model's schema suggests.
enum ModelTemplate {
    static func text(of schema: String) -> String {
        guard let json = try? JSON(parsing: schema) else { return "" }
        var text = "#set($inputRoot = $input.path('$'))\n"
        write(json, "$inputRoot", indent: "", depth: 0, &text)
        return text
    }

    private static func write(_ schema: JSON, _ path: String, indent: String, depth: Int, _ text: inout String) {
        guard depth < 16 else {
            text += "{}"
            return
        }
        switch schema["type"]?.string {
        case "object":
            let properties = schema["properties"]?.object ?? JSONObject()
            text += "{"
            for (place, (name, value)) in properties.enumerated() {
                text += "\(place > 0 ? "," : "")\n\(indent)  \(JSON.string(name).text) : "
                write(value, "\(path).\(name)", indent: indent + "  ", depth: depth + 1, &text)
            }
            text += properties.isEmpty ? " }" : "\n\(indent)}"
        case "array":
            text += "[\n#foreach($elem in \(path))\n\(indent)  "
            write(schema["items"] ?? .object(JSONObject()), "$elem", indent: indent + "  ", depth: depth + 1, &text)
            text += "#if($foreach.hasNext),#end\n#end\n\(indent)]"
        case "string": text += "\"\(path)\""
        default: text += path
        }
    }
}
