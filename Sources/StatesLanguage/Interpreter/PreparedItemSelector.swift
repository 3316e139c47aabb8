package import JSON
package import Telemetry

/// A ``MapItemSelector`` with its template read, for many items.
package struct PreparedItemSelector: Sendable {
    private let selector: MapItemSelector
    private let template: PayloadTemplate

    package init(_ selector: MapItemSelector) {
        self.selector = selector
        template = PayloadTemplate(selector.template, language: selector.language)
    }

    /// The input of the child for an item.
    ///
    /// - Parameters:
    ///   - seed: of the randomness of this item.
    ///   - now: what `$now()` tells.
    /// - Throws: with error and cause as they fail the Map run.
    package func input(index: Int, value: JSON, seed: UInt64, now: Timestamp) throws(TaskFailure) -> JSON {
        var context = selector.context
        context["Map"] = MapDefinition.context(index: index, value: value)
        let scope = EvaluationScope(
            language: selector.language, input: selector.input, variables: selector.variables, context: context,
            now: now, random: SeededGenerator(seed: seed))
        do throws(StateFailure) {
            return try scope.itemInput(template, effective: selector.input)
        } catch {
            throw TaskFailure(error.error ?? "", error.detail ?? "")
        }
    }
}
