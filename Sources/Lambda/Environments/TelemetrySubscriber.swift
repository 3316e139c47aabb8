import AWSCore
import HTTPTransport
import JSON
import NIOCore
import NIOPosix
import Telemetry

/// Delivers events of the Telemetry API to an extension; lives on the environment's event loop.
final class TelemetrySubscriber {
    enum Destination: Sendable {
        case http(port: Int, path: String)
        case tcp(port: Int)
    }

    let types: [String]
    private let destination: Destination
    private let maximumItems: Int
    private let maximumBytes: Int
    private let interval: TimeAmount
    private let client: HTTPClient
    private let loop: any EventLoop
    private var items: [[UInt8]] = []
    private var bytes = 0
    private var dropped = (records: 0, bytes: 0)
    private var timer: Scheduled<Void>?
    private var isSending = false
    private static let backlog = 8 * 1024 * 1024

    var wantsPlatform: Bool { types.contains("platform") }
    var wantsFunction: Bool { types.contains("function") }

    /// - Returns: `nil` when the subscription is not valid.
    init?(_ body: JSON, client: HTTPClient, loop: any EventLoop) {
        let types = body["types"]?.array?.compactMap(\.string) ?? []
        guard !types.isEmpty, Set(types).isSubset(of: ["platform", "function", "extension"]),
            let destination = Self.destination(body["destination"])
        else { return nil }
        self.types = types
        self.destination = destination
        self.client = client
        self.loop = loop
        let buffering = body["buffering"]
        maximumItems = min(max(buffering?["maxItems"]?.int ?? 10_000, 1), 10_000)
        maximumBytes = min(max(buffering?["maxBytes"]?.int ?? 262_144, 1), 1_048_576)
        interval = .milliseconds(Int64(min(max(buffering?["timeoutMs"]?.int ?? 1000, 25), 30_000)))
    }

    /// Only this machine is reachable, by the names that AWS gives the sandbox.
    private static func destination(_ json: JSON?) -> Destination? {
        switch json?["protocol"]?.string {
        case "TCP": return json?["port"]?.int.flatMap { (1...65535).contains($0) ? .tcp(port: $0) : nil }
        case "HTTP":
            guard let text = json?["URI"]?.string, text.hasPrefix("http://") else { return nil }
            let rest = text.dropFirst(7)
            let authority = rest.prefix { $0 != "/" }
            let path = rest.dropFirst(authority.count)
            let parts = authority.split(separator: ":")
            guard let host = parts.first, parts.count <= 2,
                ["sandbox.localdomain", "sandbox", "localhost", "127.0.0.1"].contains(host),
                let port = parts.count == 2 ? Int(parts[1]) : 80, (1...65535).contains(port)
            else { return nil }
            return .http(port: port, path: path.isEmpty ? "/" : String(path))
        default: return nil
        }
    }

    func put(_ event: JSON) {
        let line = event.bytes
        guard bytes + line.count <= Self.backlog else {
            dropped.records += 1
            dropped.bytes += line.count
            return
        }
        items.append(line)
        bytes += line.count
        if items.count >= maximumItems || bytes >= maximumBytes { flush() }
        guard timer == nil else { return }
        let subscriber = NIOLoopBound(self, eventLoop: loop)
        timer = loop.scheduleTask(in: interval) {
            subscriber.value.timer = nil
            subscriber.value.flush()
        }
    }

    func flush() {
        guard !isSending, !items.isEmpty else { return }
        isSending = true
        if dropped.records > 0 {
            let event = PlatformEvent.logsDropped(
                reason: "Consumer seems to have fallen behind and has not acknowledged receipt of logs.",
                records: dropped.records, bytes: dropped.bytes)
            items.append(event.json(at: .now()).bytes)
            dropped = (0, 0)
        }
        let batch = items
        items = []
        bytes = 0
        send(batch)
    }

    private func send(_ batch: [[UInt8]]) {
        let subscriber = NIOLoopBound(self, eventLoop: loop)
        let loop = loop
        let client = client
        let destination = destination
        loop.makeFutureWithTask {
            await Self.deliver(batch, to: destination, client: client, loop: loop)
        }
        .whenComplete { _ in
            subscriber.value.isSending = false
            if subscriber.value.timer == nil { subscriber.value.flush() }
        }
    }

    private static func deliver(
        _ batch: [[UInt8]], to destination: Destination, client: HTTPClient, loop: any EventLoop
    ) async {
        switch destination {
        case .http(let port, let path):
            var body: [UInt8] = [UInt8(ascii: "[")]
            body.append(contentsOf: batch.joined(separator: [UInt8(ascii: ",")]))
            body.append(UInt8(ascii: "]"))
            let headers: HTTPHeaders = ["Content-Type": "application/json", "Host": "sandbox.localdomain:\(port)"]
            let request = HTTPRequest(method: "POST", target: path, headers: headers, body: body)
            _ = try? await client.send(request, to: "127.0.0.1", port: port, timeout: .seconds(5))
        case .tcp(let port):
            var lines: [UInt8] = []
            for event in batch {
                lines.append(contentsOf: event)
                lines.append(0x0A)
            }
            guard let channel = try? await ClientBootstrap(group: loop).connect(host: "127.0.0.1", port: port).get()
            else { return }
            try? await channel.writeAndFlush(ByteBuffer(bytes: lines))
            try? await channel.close()
        }
    }
}
