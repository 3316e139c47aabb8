extension DemoSource {
    /// The token that admits; made up, and known to everybody who reads this.
    static let staffToken = "Bearer shop-staff"

    static let admitStaff = #"""
        """The authorizer of the office's API: says who a token belongs to, and whether that one may come in."""

        STAFF = {"shop-staff": "office"}


        def handler(event, context):
            token = event.get("authorizationToken", "").removeprefix("Bearer ")
            principal = STAFF.get(token)
            if principal is None:
                print("WARN a token of nobody was refused")
            return {
                "principalId": principal or "nobody",
                "policyDocument": {
                    "Version": "2012-10-17",
                    "Statement": [{
                        "Action": "execute-api:Invoke",
                        "Effect": "Allow" if principal else "Deny",
                        "Resource": event["methodArn"],
                    }],
                },
            }
        """#
}
