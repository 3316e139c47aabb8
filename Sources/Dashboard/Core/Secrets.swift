package import JSON

/// Values that are better not on a screen, told by the names they have.
package enum Secrets {
    package static let mask = "••••••"

    private static let names = [
        "password", "passwd", "secret", "token", "authorization", "apikey", "api_key", "api-key", "privatekey",
        "private_key", "accesskey", "access_key", "credential", "cookie",
    ]

    package static func isSecret(_ name: String) -> Bool {
        let name = name.lowercased()
        return names.contains { name.contains($0) }
    }
}

extension Secrets {
    /// The value with whatever stands under a telling name masked; numbers that count tokens and the like stay.
    package static func masked(_ value: JSON) -> JSON {
        switch value {
        case .array(let values): return .array(values.map { masked($0) })
        case .object(let object):
            var masked = JSONObject()
            for (name, value) in object {
                masked[name] = isSecret(name) && value.string != nil ? .string(mask) : self.masked(value)
            }
            return .object(masked)
        default: return value
        }
    }
}
