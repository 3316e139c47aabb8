import APIGateway
import AWSCore
import HTTPTransport

/// A port where the first API answers without any prefix, as a program expects that knows nothing of stages.
struct FirstAPI: HTTPHandler {
    let gateway: APIGatewayService
    let address: Address

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        // An API's routes are made for browsers, but a name that means another machine is none of its own.
        let host = Host(request.headers["Host"] ?? "")
        guard host.isLoopback else { return Guard.refused(host) }
        let call = ServiceRequest(request, endpoint: address.value).traced()
        return HTTPResponse(await gateway.callFirst(call))
    }
}
