import JSON

/// Parallel and Map states are never run in a test: their result is mocked.
extension StateTest {
    mutating func runParallel() throws(StateFailure) -> StateTestReport {
        let effective = scope.language == .jsonPath ? try scope.apply(state.inputPath, to: input) : input
        _ = try scope.arguments(of: state, effective: effective)
        return mocked()
    }

    mutating func runMap(_ map: MapDefinition) throws(StateFailure) -> StateTestReport {
        let effective = try effectiveInput()
        let items = try items(of: map, effective: effective)
        inspection["maxConcurrency"] = .int(try scope.maxConcurrency(of: map, effective: effective))
        let threshold = try threshold(of: map, effective: effective)
        if let selector = map.itemSelector { try inspectSelection(selector, of: items, effective: effective) }
        if let failures = request.configuration.failedIterations, request.mock?.error == nil,
            threshold.isExceeded(by: failures, of: iterations(items))
        {
            throw StateFailure(
                "States.ExceedToleratedFailureThreshold", "The specified tolerated failure threshold was exceeded",
                origin: .told)
        }
        return mocked()
    }

    private mutating func mocked() -> StateTestReport {
        if let error = request.mock?.error { return finish(.failure(error)) }
        return succeeded(with: mockedResult ?? .array([]))
    }

    private mutating func items(of map: MapDefinition, effective: JSON) throws(StateFailure) -> [JSON] {
        if map.itemReader != nil, let text = request.configuration.itemReaderData {
            return (try? JSON(parsing: text))?.array ?? []
        }
        guard map.itemReader == nil else { return [] }
        let items = try scope.items(of: map, effective: effective)
        if scope.language == .jsonPath { inspect("afterItemsPath", .array(items)) }
        return items
    }

    private struct Threshold {
        var count: Int?
        var percentage: Double?

        func isExceeded(by failures: Int, of iterations: Int) -> Bool {
            if let count, failures > count { return true }
            guard let percentage, iterations > 0 else { return false }
            return Double(failures) * 100 / Double(iterations) > percentage
        }
    }

    private mutating func threshold(of map: MapDefinition, effective: JSON) throws(StateFailure) -> Threshold {
        var threshold = Threshold()
        if map.toleratedFailureCount != nil {
            let count = try scope.toleratedCount(of: map, effective: effective)
            inspection["toleratedFailureCount"] = .int(count)
            threshold.count = count
        }
        if map.toleratedFailurePercentage != nil {
            let percentage = try scope.toleratedPercentage(of: map, effective: effective)
            inspection["toleratedFailurePercentage"] = .double(percentage)
            threshold.percentage = percentage
        }
        return threshold
    }

    /// The input of every iteration.
    private mutating func inspectSelection(
        _ selector: PayloadTemplate, of items: [JSON], effective: JSON
    ) throws(StateFailure) {
        var inputs: [JSON] = []
        for (index, item) in items.enumerated() {
            var context = scope.context
            context["Map"] = MapDefinition.context(index: index, value: item)
            let inner = EvaluationScope(
                language: scope.language, input: input, variables: scope.variables, context: context, now: request.now,
                random: scope.random)
            inputs.append(try inner.itemInput(selector, effective: effective))
        }
        inspect("afterItemSelector", .array(inputs))
    }

    private func iterations(_ items: [JSON]) -> Int { mockedResult?.array?.count ?? items.count }

    func checkIterations() throws(StateTestError) {
        guard let failures = request.configuration.failedIterations else { return }
        guard state.type == .map else {
            throw .invalid("Map iteration failure count can only be specified for a Map state")
        }
        guard request.mock != nil else {
            throw .invalid("Map iteration failure count can only be specified when a mock is specified")
        }
        guard let iterations = mockedResult?.array?.count else { return }
        guard failures <= iterations else {
            throw .invalid("Map iteration failure count must be less than or equal to the number of Map iterations")
        }
    }
}
