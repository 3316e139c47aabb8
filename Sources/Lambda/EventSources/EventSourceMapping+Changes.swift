import AWSCore
import JSON

extension EventSourceMapping {
    /// Takes what a request to create or update gives; what it leaves out stays.
    mutating func apply(_ input: JSON) throws(ServiceError) {
        try Self.refuseForeign(input)
        if let value = try Input.bool(input, "Enabled") { isEnabled = value }
        if let value = try Input.integer(input, "BatchSize", 1...10_000) { batchSize = value }
        if let value = try Input.integer(input, "MaximumBatchingWindowInSeconds", 0...300) { windowSeconds = value }
        if let value = try Input.integer(input, "ParallelizationFactor", 1...10) { parallelization = value }
        if let value = try Input.bool(input, "BisectBatchOnFunctionError") { bisects = value }
        if let value = try Input.integer(input, "MaximumRetryAttempts", -1...10_000) { maximumRetries = value }
        if let value = try Input.integer(input, "MaximumRecordAgeInSeconds", -1...604_800) {
            guard value == -1 || value >= 60 else {
                throw .invalid("MaximumRecordAgeInSeconds must be -1, or from 60 to 604800.")
            }
            maximumAgeSeconds = value
        }
        if try Input.integer(input, "TumblingWindowInSeconds", 0...900) ?? 0 > 0 {
            throw .invalid("fntop has no tumbling windows: TumblingWindowInSeconds is not supported.")
        }
        if let value = input["FunctionResponseTypes"], !value.isNull { try setResponseTypes(value) }
        if let value = input["FilterCriteria"], !value.isNull { try setFilters(value) }
        if let value = input["DestinationConfig"], !value.isNull { try setDestination(value) }
        if let value = input["MetricsConfig"], !value.isNull { try setMetrics(value) }
        if let value = input["Tags"]?.object { tags = value }
    }

    /// The other groups of metrics are of Kafka's.
    private mutating func setMetrics(_ value: JSON) throws(ServiceError) {
        let names = (value["Metrics"]?.array ?? []).map { $0.string ?? $0.text }
        for name in names where !["EventCount", "ErrorCount", "KafkaMetrics"].contains(name) {
            throw .constraint(
                "[\(names.joined(separator: ", "))]", at: "metricsConfig.metrics",
                "satisfy constraint: [Member must satisfy enum value set: [ErrorCount, KafkaMetrics, EventCount]]")
        }
        guard names.allSatisfy({ $0 == "EventCount" }) else {
            throw .invalid("Unsupported MetricsConfig parameter for given event source mapping type.")
        }
        countsEvents = !names.isEmpty
    }

    /// Members that other kinds of sources have.
    private static func refuseForeign(_ input: JSON) throws(ServiceError) {
        let names = [
            "Topics", "Queues", "SourceAccessConfigurations", "SelfManagedEventSource", "ScalingConfig",
            "AmazonManagedKafkaEventSourceConfig", "SelfManagedKafkaEventSourceConfig", "DocumentDBEventSourceConfig",
            "ProvisionedPollerConfig",
        ]
        for name in names where !isNothing(input[name]) {
            throw .invalid("Unsupported \(name) parameter for given event source mapping type.")
        }
        guard isNothing(input["KMSKeyArn"]) else {
            throw .invalid("fntop encrypts no filter criteria: KMSKeyArn is not supported.")
        }
    }

    private static func isNothing(_ value: JSON?) -> Bool {
        switch value {
        case nil, .null, .string(""): true
        case .array(let values): values.isEmpty
        case .object(let object): object.isEmpty
        default: false
        }
    }

    private mutating func setResponseTypes(_ value: JSON) throws(ServiceError) {
        guard let types = value.array, types.count <= 1, types.allSatisfy({ $0 == "ReportBatchItemFailures" }) else {
            let shown = (value.array ?? []).map { $0.string ?? $0.text }.joined(separator: ", ")
            throw .constraint(
                "[\(shown)]", at: "functionResponseTypes",
                "satisfy constraint: [Member must satisfy enum value set: [ReportBatchItemFailures]]")
        }
        reportsItemFailures = !types.isEmpty
    }

    private static let filterLimit = 5

    private mutating func setFilters(_ value: JSON) throws(ServiceError) {
        let list = value["Filters"]?.array ?? []
        guard list.count <= Self.filterLimit else {
            throw .invalid("A mapping has at most \(Self.filterLimit) filters; there are \(list.count).")
        }
        var patterns: [String] = []
        for filter in list {
            guard let pattern = try Input.string(filter, "Pattern") else { continue }
            guard pattern.utf8.count <= 4096 else {
                throw .constraint(
                    pattern, at: "filterCriteria.filters.pattern", "have length less than or equal to 4096")
            }
            // A client cannot tell what AWS finds wrong with a pattern; here the message goes on to say it.
            do throws(EventPatternError) {
                _ = try EventPattern(parsing: pattern)
            } catch {
                throw .invalid("Invalid filter pattern definition. \(error)")
            }
            patterns.append(pattern)
        }
        filters = patterns
    }

    private mutating func setDestination(_ value: JSON) throws(ServiceError) {
        guard Self.isNothing(value["OnSuccess"]) else {
            throw .invalid("Unsupported DestinationConfig parameter for given event source mapping type.")
        }
        guard let failure = value["OnFailure"], !failure.isNull else { return }
        let target = try Input.string(failure, "Destination") ?? ""
        guard !target.isEmpty else {
            onFailure = nil
            return
        }
        guard let arn = ARN(target) else {
            throw .constraint(
                target, at: "destinationConfig.onFailure.destination",
                "satisfy regular expression pattern: \(EventInvokeConfigs.pattern)")
        }
        guard arn.service != "s3" else {
            throw .invalid("fntop cannot write records to \(target): S3 destinations are not supported.")
        }
        guard ["sqs", "sns"].contains(arn.service) else {
            throw .invalid("The destination ARN \(target) is invalid.")
        }
        onFailure = target
    }
}
