import AWSCore
import JSON

/// How a machine or an activity is encrypted. Nothing is encrypted here; the setting is kept and told.
enum Encryption {
    /// - Throws: `InvalidEncryptionConfiguration` when key and type do not fit together.
    static func read(_ json: JSON?) throws(ServiceError) -> JSON? {
        guard let json else { return nil }
        let input = Input(json)
        let type = try input.choice("type", of: ["AWS_OWNED_KEY", "CUSTOMER_MANAGED_KMS_KEY"])
        let key = try input.string("kmsKeyId", atLeast: 1, atMost: 2048)
        switch (type, key) {
        case (nil, _):
            throw .constraint("null", at: "encryptionConfiguration.type", "not be null")
        case ("CUSTOMER_MANAGED_KMS_KEY", nil):
            throw invalid("A KMS key must be given for the type CUSTOMER_MANAGED_KMS_KEY")
        case ("AWS_OWNED_KEY", .some):
            throw invalid("No KMS key can be given for the type AWS_OWNED_KEY")
        default: return json
        }
    }

    private static func invalid(_ reason: String) -> ServiceError {
        ServiceError("InvalidEncryptionConfiguration", "Invalid Encryption Configuration: \(reason)")
    }
}
