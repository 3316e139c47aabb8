extension DemoSource {
    static let countOrders = #"""
        """Follows the stream of the orders table, and counts the paid ones of each user."""

        import collections

        import shop


        def handler(event, context):
            paid = collections.Counter()
            for record in event["Records"]:
                image = record["dynamodb"].get("NewImage", {})
                before = record["dynamodb"].get("OldImage", {}).get("state", {}).get("S")
                if image.get("state", {}).get("S") == "PAID" and before != "PAID":
                    paid[image["user"]["S"]] += 1
            for user, count in paid.items():
                shop.table(
                    "UpdateItem",
                    TableName="users",
                    Key={"id": {"S": user}},
                    UpdateExpression="ADD orders :count",
                    ExpressionAttributeValues={":count": {"N": str(count)}},
                )
            print(f"INFO {len(event['Records'])} changes, {sum(paid.values())} of them payments")
        """#
}
