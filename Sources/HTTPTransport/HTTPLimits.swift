/// What a server takes from a client before it refuses.
package struct HTTPLimits: Sendable {
    /// Bytes of a body; above it `413` is answered while the rest is still coming.
    package var body = 64 * 1024 * 1024
    /// Bytes of all header fields with the request line.
    package var headers = 64 * 1024
    package var headerCount = 256
    /// A connection without traffic and without a request at work is closed after this.
    package var idle = Duration.seconds(75)
    package var connections = 4096

    package init() {}
}
