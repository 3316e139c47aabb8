/// What a service answers.
package struct ServiceResponse: Sendable {
    package var status: Int
    package var headers: HTTPHeaders
    package var body: [UInt8]
    /// What is sent instead of the body, as it comes.
    package var stream: AsyncStream<[UInt8]>?
    /// For telemetry: `PutItem`, the table, and the error's code if it was one.
    package var operation: String
    package var resource: String
    package var errorCode: String?

    package init(
        status: Int = 200,
        headers: HTTPHeaders = HTTPHeaders(),
        body: [UInt8] = [],
        operation: String = "",
        resource: String = "",
        errorCode: String? = nil
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.operation = operation
        self.resource = resource
        self.errorCode = errorCode
    }
}
