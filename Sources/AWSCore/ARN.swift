/// An Amazon Resource Name: `arn:aws:lambda:us-east-1:000000000000:function:hello`.
package struct ARN: Hashable, Sendable, CustomStringConvertible {
    package static let defaultRegion = "us-east-1"
    package static let defaultAccount = "000000000000"

    package var partition = "aws"
    package var service: String
    package var region: String
    package var account: String
    /// All after the fifth colon: `function:hello`, `table/orders`.
    package var resource: String

    package init(
        service: String,
        region: String = ARN.defaultRegion,
        account: String = ARN.defaultAccount,
        resource: String
    ) {
        self.service = service
        self.region = region
        self.account = account
        self.resource = resource
    }

    package init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", !parts[5].isEmpty else { return nil }
        partition = String(parts[1])
        service = String(parts[2])
        region = String(parts[3])
        account = String(parts[4])
        resource = String(parts[5])
    }

    package var description: String {
        "arn:\(partition):\(service):\(region):\(account):\(resource)"
    }
}
