extension DemoSource {
    static let findOrders = #"""
        """GET /orders?state=PAID: the newest orders of a state, for the people behind the shop."""

        import json

        import shop


        def handler(event, context):
            state = (event.get("queryStringParameters") or {}).get("state", "PAID")
            page = shop.table(
                "Query",
                TableName="orders",
                IndexName="by-state",
                KeyConditionExpression="#state = :state",
                ExpressionAttributeNames={"#state": "state"},
                ExpressionAttributeValues={":state": {"S": state}},
                ScanIndexForward=False,
                Limit=20,
            )
            orders = [{"order": item["id"]["S"], "amount": float(item["amount"]["N"])} for item in page["Items"]]
            print(f"INFO {len(orders)} orders are {state}, for {event['requestContext']['authorizer']['principalId']}")
            return {"statusCode": 200, "body": json.dumps({"state": state, "orders": orders})}
        """#
}
