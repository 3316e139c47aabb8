import AWSCore
import HTTPTransport
import JSON
import Synchronization
import Telemetry

/// The keys of token issuers, found by OpenID Connect discovery and kept for two hours, as API Gateway does.
final class KeySets: Sendable {
    private struct Entry: Sendable {
        var keys: [JSON]
        var time: Timestamp
    }

    private let client: HTTPClient
    private let entries = Mutex<[String: Entry]>([:])
    private static let lifetime = Microseconds.seconds(7200)
    /// A key that is not known may be new; so often at most is asked again.
    private static let pause = Microseconds.seconds(5)

    init(client: HTTPClient) { self.client = client }

    enum Answer: Sendable {
        case key(JSON)
        case problem(String)
    }

    /// - Parameter id: the token's `kid`; without one the issuer's only key is meant.
    func key(_ id: String?, of issuer: String, at now: Timestamp) async -> Answer {
        let known = entries.withLock { $0[issuer] }
        if let known, known.time + Self.lifetime > now {
            if let key = Self.find(id, in: known.keys) { return .key(key) }
            guard known.time + Self.pause <= now else { return .problem("unable to find the signing key of the token") }
        }
        switch await fetch(issuer) {
        case .failure(let error): return .problem(error.message)
        case .success(let keys):
            entries.withLock { entries in
                if entries.count > 1000 { entries.removeAll() }
                entries[issuer] = Entry(keys: keys, time: now)
            }
            return Self.find(id, in: keys).map(Answer.key) ?? .problem("unable to find the signing key of the token")
        }
    }

    private static func find(_ id: String?, in keys: [JSON]) -> JSON? {
        guard let id else { return keys.count == 1 ? keys[0] : nil }
        return keys.first { $0["kid"]?.string == id }
    }

    private func fetch(_ issuer: String) async -> Result<[JSON], ServiceError> {
        do throws(ServiceError) {
            let base = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
            let about = try await document(base + "/.well-known/openid-configuration")
            guard let address = about["jwks_uri"]?.string else {
                throw ServiceError("Unauthorized", "OIDC discovery: the issuer names no jwks_uri")
            }
            return .success(try await document(address)["keys"]?.array ?? [])
        } catch {
            return .failure(error)
        }
    }

    private func document(_ url: String) async throws(ServiceError) -> JSON {
        let address = try WebAddress(url)
        let request = HTTPRequest(
            target: address.target, headers: ["Host": address.authority, "Accept": "application/json"])
        let reply: HTTPReply
        do {
            reply = try await client.send(request, to: address.host, port: address.port, timeout: .milliseconds(1500))
        } catch {
            throw ServiceError("Unauthorized", "OIDC discovery endpoint communication error: \(error)")
        }
        guard reply.status == 200, let json = try? JSON(parsing: reply.body) else {
            throw ServiceError(
                "Unauthorized", "OIDC discovery endpoint communication error: \(url) answered \(reply.status)")
        }
        return json
    }
}
