extension DemoSource {
    static let recordOrder = #"""
        """POST /order: checks the order and starts the workflow that records, bills and confirms it."""

        import json
        import os

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
            shop.start_workflow(os.environ["ORDER_FLOW_ARN"], number, {"order": number, "user": user, "items": items})
            print(f"INFO order {number} of {user} accepted: {len(items)} items, {amount:.2f} EUR")
            return {"statusCode": 202, "body": json.dumps({"order": number, "amount": amount})}
        """#
}
