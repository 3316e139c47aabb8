extension DemoSource {
    /// Starts slowly, as functions with much to load do, and is called so rarely that it is always cold.
    static let nightlyReport = #"""
        """Adds up the orders. Loads a price model at the start, which takes its time."""

        import collections
        import decimal
        import time

        import shop


        def load_model():
            began = time.monotonic()
            table = {}
            while time.monotonic() - began < 0.45:
                for number in range(1000):
                    table[number] = decimal.Decimal(number).sqrt()
            return table


        model = load_model()
        print(f"INFO price model loaded: {len(model)} steps")


        def handler(event, context):
            totals = collections.Counter()
            request = {"TableName": "orders", "Limit": 500}
            pages = 0
            while pages < 10:
                page = shop.table("Scan", **request)
                pages += 1
                for order in page["Items"]:
                    totals[order["state"]["S"]] += float(order["amount"]["N"])
                if "LastEvaluatedKey" not in page:
                    break
                request["ExclusiveStartKey"] = page["LastEvaluatedKey"]
            shop.log("INFO", "orders added up", pages=pages, **{state: round(sum_, 2) for state, sum_ in totals.items()})
            return dict(totals)
        """#
}
