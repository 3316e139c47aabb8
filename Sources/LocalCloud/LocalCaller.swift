import AWSCore
import Collector
import JSON
import Synchronization
import Telemetry

/// The one door by which services reach each other; every call but polls is seen like one from outside.
final class LocalCaller: ServiceCaller {
    private let services = Mutex<[String: any Service]>([:])
    private let source: LocalSource
    private let address: Address

    init(source: LocalSource, address: Address) {
        self.source = source
        self.address = address
    }

    func connect(_ all: [any Service]) {
        services.withLock { $0 = all.reduce(into: [:]) { $0[$1.signingName] = $1 } }
    }

    func call(
        _ service: String, _ operation: String, _ input: JSON, context: CallContext
    ) async throws(ServiceError) -> JSON {
        let began = Timestamp.now()
        var context = context
        context.endpoint = address.value
        context.meter = UsageMeter()
        let span = context.enterSpan()
        do throws(ServiceError) {
            guard let target = services.withLock({ $0[service] }) else {
                throw ServiceError("NotImplemented", "fntop does not serve \(operation) of \(service)", status: 501)
            }
            let output = try await target.call(operation, input, context: context)
            emit(service, operation, input, nil, context, span, began)
            return output
        } catch {
            emit(service, operation, input, error, context, span, began)
            throw error
        }
    }

    private func emit(
        _ service: String, _ operation: String, _ input: JSON, _ error: ServiceError?,
        _ context: CallContext, _ span: CallSpan, _ began: Timestamp
    ) {
        guard !context.isPoll else { return }
        let names = ["TableName", "FunctionName", "QueueUrl", "TopicArn", "Bucket", "stateMachineArn", "executionArn"]
        let resource = names.lazy.compactMap { input[$0]?.string }.first ?? ""
        let call = ServiceCall(
            service: service, operation: operation, resource: resource, status: error?.status ?? 200,
            errorCode: error?.code, latency: .now() - began, traceHeader: span.caller, spanID: span.id,
            usage: context.meter?.usage.map(TableUsage.init))
        source.emit(TelemetryEvent(.call(call), at: began))
    }
}
