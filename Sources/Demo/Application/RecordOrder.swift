extension DemoSource {
    static let recordOrder = #"""
        """POST /order: checks the order, writes it to the table, and starts the payment."""

        import json
        import time

        import shop


        def handler(event, context):
            try:
                order = json.loads(event.get("body") or "")
                items = order["items"]
                user = order["user"]
            except (ValueError, KeyError, TypeError) as problem:
                print(f"WARN order refused: {type(problem).__name__} {problem}")
                return {"statusCode": 400, "body": json.dumps({"message": "an order has a user and items"})}

            amount = round(sum(item["price"] * item["count"] for item in items), 2)
            number = "o-" + context.aws_request_id[:8]
            shop.table("PutItem", TableName="orders", Item={
                "id": {"S": number},
                "user": {"S": user},
                "amount": {"N": str(amount)},
                "state": {"S": "RECORDED"},
                "items": {"L": [{"S": item["sku"]} for item in items]},
                "created": {"N": str(int(time.time()))},
            }, ConditionExpression="attribute_not_exists(id)")
            print(f"INFO order {number} of {user} recorded: {len(items)} items, {amount:.2f} EUR")
            shop.start("process-payment", {"order": number, "user": user, "amount": amount})
            return {"statusCode": 202, "body": json.dumps({"order": number, "amount": amount})}
        """#
}
