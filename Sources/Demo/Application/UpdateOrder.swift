extension DemoSource {
    static let updateOrder = #"""
        """Marks the order as paid, with boto3 where it is installed."""

        import shop

        try:
            import boto3

            dynamodb = boto3.client("dynamodb")
            print("INFO using boto3", boto3.__version__)
        except ImportError:
            dynamodb = None
            print("INFO boto3 is not installed: using plain HTTP")


        def update(**request):
            if dynamodb is not None:
                return dynamodb.update_item(**request)
            return shop.table("UpdateItem", **request)


        def handler(event, context):
            order = event["order"]
            answer = update(
                TableName="orders",
                Key={"id": {"S": order}},
                UpdateExpression="SET #state = :paid, payment = :payment ADD changes :one",
                ConditionExpression="attribute_exists(id)",
                ExpressionAttributeNames={"#state": "state"},
                ExpressionAttributeValues={
                    ":paid": {"S": "PAID"}, ":payment": {"S": event["payment"]}, ":one": {"N": "1"},
                },
                ReturnValues="ALL_NEW",
            )
            amount = answer["Attributes"]["amount"]["N"]
            print(f"INFO order {order} is paid: {amount} EUR")
            return {"order": order, "state": "PAID"}
        """#
}
