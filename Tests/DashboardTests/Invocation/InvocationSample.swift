import Telemetry
import TelemetryStore

/// A cold invocation that a card issuer declined, and others of its kind.
enum InvocationSample {
    static let event = """
        {"order_id": "o-1842", "amount": 99.5, "currency": "EUR", "express": true, "coupon": null,
         "user": {"id": "u-77", "name": "Zoë 注文", "password": "hunter2", "address": {"city": "Köln", "zip": "50667"}},
         "items": [{"sku": "A-1", "count": 2}, {"sku": "B-9", "count": 1}], "tags": []}
        """

    static let answer = """
        {"errorMessage": "card 4242 declined (issuer: insufficient_funds)", "errorType": "PaymentDeclined",
         "requestId": "x", "stackTrace": [
         "  File \\"/var/task/app.py\\", line 41, in handler\\n    charge = gateway.charge(order)\\n",
         "  File \\"/var/task/gateway.py\\", line 17, in charge\\n    raise PaymentDeclined(answer.reason)\\n"]}
        """

    static var record: InvocationRecord {
        let id = LogSample.requests[0]
        let start = InvocationStart(
            requestID: id, function: "process-payment", trigger: "POST /order", event: Payload(Array(event.utf8)),
            traceHeader: "Root=1-6920516f-0123456789abcdef01234567")
        return InvocationRecord(start: start, startTime: LogSample.now - .milliseconds(2200))
    }

    static var failed: InvocationDetail {
        var record = record
        record.endTime = LogSample.now - .milliseconds(200)
        record.end = InvocationEnd(
            requestID: record.requestID, function: "process-payment", status: .error, duration: .milliseconds(88),
            billedMilliseconds: 89, queued: .milliseconds(322), initDuration: .milliseconds(310),
            overhead: .milliseconds(2), memorySizeMiB: 128, maxMemoryUsedMiB: 78, errorType: "PaymentDeclined",
            errorMessage: "card 4242 declined (issuer: insufficient_funds)", response: Payload(Array(answer.utf8)),
            environment: "process-payment-3", logStream: "2026/11/21/[$LATEST]0a1b2c3d")
        return detail(record)
    }

    static var running: InvocationDetail { detail(record) }

    private static func detail(_ record: InvocationRecord) -> InvocationDetail {
        var detail = InvocationDetail(record: record)
        detail.logLines = LogSample.lines.filter { $0.requestID == record.requestID }
        detail.calls = [
            InvocationDetail.TimedCall(
                time: record.startTime + .milliseconds(330),
                call: ServiceCall(
                    service: "dynamodb", operation: "GetItem", resource: "orders", latency: .milliseconds(3))),
            InvocationDetail.TimedCall(
                time: record.startTime + .milliseconds(341),
                call: ServiceCall(
                    service: "dynamodb", operation: "UpdateItem", resource: "orders", status: 400,
                    errorCode: "ConditionalCheckFailedException", latency: Microseconds(840))),
            InvocationDetail.TimedCall(
                time: record.startTime + .milliseconds(350),
                call: ServiceCall(
                    service: "lambda", operation: "Invoke", resource: "notify-user", status: 202,
                    latency: .milliseconds(5))),
        ]
        return detail
    }
}
