extension DemoSource {
    static let processPayment = #"""
        """Takes the money. The card company is sometimes slow, sometimes says no, and sometimes does not answer."""

        import random
        import time
        import zlib

        import shop


        class PaymentDeclined(Exception):
            pass


        class CardCompany:
            """Stands in for a service outside: its answers differ as real ones do."""

            def charge(self, amount, card):
                chance = random.random()
                if chance < 0.012:
                    print("WARN card company did not answer within 1 s, still waiting")
                    time.sleep(30)
                if chance < 0.09:
                    time.sleep(random.uniform(0.35, 1.4))
                else:
                    time.sleep(random.lognormvariate(-2.9, 0.45))
                if 0.09 <= chance < 0.13:
                    raise PaymentDeclined(f"card {card} declined: insufficient funds for {amount:.2f} EUR")
                return "p-%08x" % random.getrandbits(32)


        company = CardCompany()


        def handler(event, context):
            order, amount = event["order"], float(event["amount"])
            card = 4000 + zlib.crc32(order.encode()) % 1000
            began = time.monotonic()
            try:
                payment = company.charge(amount, card)
            except PaymentDeclined:
                shop.measure("DeclinedPayments", 1, Card="credit")
                raise
            shop.measure("Revenue", amount, "None", Card="credit")
            took = (time.monotonic() - began) * 1000
            if took > 300:
                shop.log("WARN", "card company is slow", order=order, milliseconds=round(took))
            shop.log("INFO", "payment accepted", order=order, payment=payment, amount=amount)
            return {"order": order, "payment": payment}
        """#
}
