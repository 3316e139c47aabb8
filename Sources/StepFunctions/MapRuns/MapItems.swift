import AWSCore
import JSON
import StatesLanguage
import Telemetry

/// From what a distributed Map works on to the inputs of its children.
struct MapItems: Sendable {
    let run: MapRun

    func children() async throws(TaskFailure) -> [MapRun.Child] {
        let request = run.request
        var items: [JSON] = []
        if let reader = request.itemReader {
            items = try await ItemReader(run: run, configuration: reader).items()
        } else {
            items = request.items ?? []
        }
        let inputs = try selected(items)
        if let batcher = request.itemBatcher { return batches(items, inputs, batcher) }
        return zip(items, inputs).enumerated().map { place, pair in
            MapRun.Child(input: pair.1, item: Self.context(place, pair.0), itemCount: 1)
        }
    }

    private func selected(_ items: [JSON]) throws(TaskFailure) -> [JSON] {
        guard let selector = run.request.itemSelector else { return items }
        let prepared = PreparedItemSelector(selector)
        let now = run.world.clock.now()
        var inputs: [JSON] = []
        inputs.reserveCapacity(items.count)
        for (index, item) in items.enumerated() {
            // The same item has the same randomness after the runtime stopped.
            let seed = run.parent.record.seed &+ UInt64(index) &* 0x9E37_79B9_7F4A_7C15
            inputs.append(try prepared.input(index: index, value: item, seed: seed, now: now))
        }
        return inputs
    }

    private func batches(_ items: [JSON], _ inputs: [JSON], _ batcher: JSON) -> [MapRun.Child] {
        let mostItems = max(batcher["MaxItemsPerBatch"]?.int ?? .max, 1)
        let mostBytes = min(max(batcher["MaxInputBytesPerBatch"]?.int ?? .max, 1), ExecutionStarter.largestInput)
        var children: [MapRun.Child] = []
        var batch: [JSON] = []
        var bytes = 0
        func close() {
            guard !batch.isEmpty else { return }
            var input = JSONObject()
            if let shared = batcher["BatchInput"] { input["BatchInput"] = shared }
            input["Items"] = .array(batch)
            children.append(
                MapRun.Child(
                    input: .object(input), item: Self.context(children.count, .array(batch)), itemCount: batch.count))
            batch = []
            bytes = 0
        }
        for input in inputs {
            let size = input.bytes.count + 1
            if batch.count >= mostItems || (!batch.isEmpty && bytes + size > mostBytes) { close() }
            batch.append(input)
            bytes += size
        }
        close()
        return children
    }

    private static func context(_ index: Int, _ value: JSON) -> JSON {
        ["Index": .int(index), "Value": value]
    }
}
