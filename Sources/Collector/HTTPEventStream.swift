import AWSCore
package import HTTPTransport
package import NIOCore

/// The event stream of a fntop over HTTP: `GET /_fntop/events?after=N&epoch=E`.
package struct HTTPEventStream: EventStreamOpening {
    private let client: HTTPClient
    private let group: any EventLoopGroup
    private let host: String
    private let port: Int

    package init(client: HTTPClient, group: any EventLoopGroup, host: String, port: Int) {
        self.client = client
        self.group = group
        self.host = host
        self.port = port
    }

    package func open(after sequence: UInt64, epoch: String?) -> AsyncThrowingStream<[UInt8], any Error> {
        let target = "/_fntop/events?after=\(sequence)" + (epoch.map { "&epoch=\($0)" } ?? "")
        return client.stream(HTTPRequest(target: target), to: host, port: port, group: group)
    }
}
