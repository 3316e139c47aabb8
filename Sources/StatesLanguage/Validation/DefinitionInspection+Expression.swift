import JSONata

extension DefinitionInspection {
    /// - Parameter text: begins with `{%`.
    mutating func checkExpression(_ text: String, at spot: Spot) {
        guard let inner = PayloadTemplate.expressionText(text) else {
            return schema("JSONata string must start with {% and end with %}", at: spot)
        }
        do throws(JSONataError) {
            _ = try JSONataExpression(inner)
        } catch {
            add(DefinitionDiagnostic(.error, "INVALID_JSONATA_EXPRESSION", error.message, at: spot.location))
        }
    }
}
