import AWSCore
import Crypto
import CryptoExtras
import JSON
import Telemetry

/// A signed token (RFC 7519), not yet believed.
struct JSONWebToken: Sendable {
    let header: JSON
    let claims: JSON
    private let signed: [UInt8]
    private let signature: [UInt8]

    /// - Returns: `nil` for what is no token.
    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= 16_384, parts.count == 3, let header = Self.decoded(parts[0]),
            let claims = Self.decoded(parts[1]),
            let signature = Self.decoded(parts[2]), let head = try? JSON(parsing: header),
            let body = try? JSON(parsing: claims), head.object != nil, body.object != nil
        else { return nil }
        self.header = head
        self.claims = body
        self.signature = signature
        signed = Array("\(parts[0]).\(parts[1])".utf8)
    }

    /// base64url without padding.
    static func decoded(_ text: Substring) -> [UInt8]? {
        Base64.decoded(String(text).replacing("-", with: "+").replacing("_", with: "/"))
    }

    var keyID: String? { header["kid"]?.string }

    /// Why the token is not to be believed; `nil` when it is. The texts are what `www-authenticate` tells.
    ///
    /// API Gateway takes tokens that are signed with RSA only.
    func problem(of key: JSON) -> String? {
        let algorithm = header["alg"]?.string ?? "none"
        guard ["RS256", "RS384", "RS512"].contains(algorithm) else { return "signing method \(algorithm) is invalid" }
        guard key["kty"]?.string == "RSA", key["alg"] == nil || key["alg"]?.string == algorithm,
            let modulus = key["n"]?.string.flatMap({ Self.decoded($0[...]) }),
            let exponent = key["e"]?.string.flatMap({ Self.decoded($0[...]) }),
            let publicKey = try? _RSA.Signing.PublicKey(n: modulus, e: exponent)
        else { return "the key of the token is no RSA key for \(algorithm)" }
        let signature = _RSA.Signing.RSASignature(rawRepresentation: signature)
        let isValid =
            switch algorithm {
            case "RS256":
                publicKey.isValidSignature(signature, for: SHA256.hash(data: signed), padding: .insecurePKCS1v1_5)
            case "RS384":
                publicKey.isValidSignature(signature, for: SHA384.hash(data: signed), padding: .insecurePKCS1v1_5)
            default: publicKey.isValidSignature(signature, for: SHA512.hash(data: signed), padding: .insecurePKCS1v1_5)
            }
        return isValid ? nil : "the token's signature is invalid"
    }

    /// Why the claims do not fit the authorizer at that time.
    func problem(issuer: String, audience: [String], at now: Timestamp) -> String? {
        guard claims["iss"]?.string == issuer else { return "the token's issuer is invalid" }
        let given =
            claims["aud"].map { $0.string.map { [$0] } ?? $0.stringList }
            ?? claims["client_id"]?.string.map { [$0] } ?? []
        guard given.contains(where: audience.contains) else { return "the token does not have a valid audience" }
        let seconds = Double(now.seconds)
        guard let expiry = claims["exp"]?.double else { return "the token has no expiry" }
        guard expiry > seconds else { return "the token has expired" }
        guard (claims["nbf"]?.double ?? 0) <= seconds else { return "the token is not valid yet" }
        guard (claims["iat"]?.double ?? 0) <= seconds + 1 else { return "the token was issued in the future" }
        return nil
    }

    /// Of `scope`, between spaces, or of the list `scp`.
    var scopes: [String] {
        let claim = claims["scope"] ?? claims["scp"]
        return claim?.string?.split(separator: " ").map(String.init) ?? claim?.stringList ?? []
    }

    /// The claims as functions get them: each as text.
    var claimTexts: JSON {
        var texts = JSONObject()
        for (name, value) in claims.object ?? JSONObject() {
            let list = value.array?.map { $0.string ?? $0.text }.joined(separator: " ")
            texts[name] = .string(list.map { "[\($0)]" } ?? value.string ?? value.text)
        }
        return .object(texts)
    }
}
