extension DemoSource {
    static let queryUser = #"""
        // GET /order/{id}: the order with what its customer may see.
        import http from "node:http";

        const endpoint = new URL(process.env.AWS_ENDPOINT_URL);
        const agent = new http.Agent({ keepAlive: true, maxSockets: 2 });

        function getItem(table, id) {
          const body = JSON.stringify({ TableName: table, Key: { id: { S: id } } });
          const headers = {
            "X-Amz-Target": "DynamoDB_20120810.GetItem",
            "Content-Type": "application/x-amz-json-1.0",
            "Content-Length": Buffer.byteLength(body),
            "X-Amzn-Trace-Id": process.env._X_AMZN_TRACE_ID ?? "",
            Authorization: "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request",
          };
          return new Promise((resolve, reject) => {
            const request = http.request({ host: endpoint.hostname, port: endpoint.port, method: "POST", path: "/", agent, headers });
            request.on("error", reject);
            request.on("response", (answer) => {
              const parts = [];
              answer.on("data", (part) => parts.push(part));
              answer.on("end", () => resolve(JSON.parse(Buffer.concat(parts).toString()).Item));
            });
            request.end(body);
          });
        }

        export const handler = async (event) => {
          const id = event.pathParameters?.id ?? "";
          const order = await getItem("orders", id);
          if (!order) {
            console.warn(`order ${id} is not known`);
            return { statusCode: 404, body: JSON.stringify({ message: `no order ${id}` }) };
          }
          const user = await getItem("users", order.user.S);
          console.log(`order ${id} is ${order.state.S}, asked for by ${user?.name?.S ?? "somebody"}`);
          return { order: id, state: order.state.S, amount: Number(order.amount.N), user: user?.name?.S ?? null };
        };
        """#
}
