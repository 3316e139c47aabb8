/// Why a server could not start.
package enum HTTPServerError: Error, Hashable, CustomStringConvertible {
    case portTaken(host: String, port: Int)
    case notAllowed(host: String, port: Int)
    case cannotListen(host: String, port: Int, reason: String)

    package var description: String {
        switch self {
        case .portTaken(let host, let port):
            "port \(port) on \(host) is in use by another program; choose another port"
        case .notAllowed(let host, let port):
            "listening on port \(port) of \(host) is not allowed for this user; ports from 1024 on are"
        case .cannotListen(let host, let port, let reason):
            "cannot listen on port \(port) of \(host): \(reason)"
        }
    }
}
