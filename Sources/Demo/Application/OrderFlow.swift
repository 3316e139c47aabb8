import JSON

/// The workflow of an order: record, query the user, look at the stock, take the money, update, then tell the customer while
/// the invoice is written.
enum OrderFlow {
    static let name = "order-flow"
    /// Without these there is nothing to run.
    static let needs = ["record-order", "process-payment", "update-order"]

    /// - Parameter functions: those that are deployed; what another one would do is passed over.
    /// - Throws: where the text is no JSON.
    static func definition(functions: Set<String>) throws -> JSON {
        var definition = try JSON(parsing: text)
        if !functions.contains("notify-user") {
            let noMessage: JSON = ["Type": "Pass", "Comment": "notify-user is not deployed", "End": true]
            let branches = branches(of: definition, notifying: noMessage)
            definition["States"]?["NotifyAndInvoice"]?["Branches"] = branches
        }
        return definition
    }

    private static func branches(of definition: JSON, notifying state: JSON) -> JSON? {
        guard var branches = definition["States"]?["NotifyAndInvoice"]?["Branches"]?.array, !branches.isEmpty else {
            return nil
        }
        branches[0]["States"]?["NotifyUser"] = state
        return .array(branches)
    }

    static let text = #"""
        {
          "Comment": "An order from its record to its invoice",
          "StartAt": "RecordOrder",
          "TimeoutSeconds": 120,
          "States": {
            "RecordOrder": {
              "Comment": "Input: {\"order\": \"o-1\", \"user\": \"u-1\", \"items\": [{\"sku\": \"sku-1\", \"price\": 9.5, \"count\": 2}]}",
              "Type": "Task",
              "QueryLanguage": "JSONata",
              "Resource": "arn:aws:states:::dynamodb:putItem",
              "Arguments": {
                "TableName": "orders",
                "Item": {
                  "id": {"S": "{% $states.input.order %}"},
                  "user": {"S": "{% $states.input.user %}"},
                  "amount": {"N": "{% $string($round($sum($states.input.items.(price * count)), 2)) %}"},
                  "state": {"S": "RECORDED"},
                  "items": {"L": "{% [$states.input.items.{'S': sku}] %}"},
                  "created": {"N": "{% $string($floor($millis() / 1000)) %}"}
                }
              },
              "Assign": {"amount": "{% $round($sum($states.input.items.(price * count)), 2) %}"},
              "Output": "{% $states.input %}",
              "Next": "QueryUser"
            },
            "QueryUser": {
              "Type": "Task",
              "QueryLanguage": "JSONata",
              "Resource": "arn:aws:states:::dynamodb:getItem",
              "Arguments": {"TableName": "users", "Key": {"id": {"S": "{% $states.input.user %}"}}},
              "Assign": {"customer": "{% $exists($states.result.Item) ? $states.result.Item.name.S : 'somebody' %}"},
              "Output": "{% $states.input %}",
              "Next": "CheckStock"
            },
            "CheckStock": {
              "Comment": "More than two of several things at once must come from the warehouse",
              "Type": "Choice",
              "QueryLanguage": "JSONata",
              "Choices": [
                {"Condition": "{% $max($states.input.items.count) > 50 %}", "Next": "RefuseOrder"},
                {"Condition": "{% $count($states.input.items[count > 2]) > 1 %}", "Next": "AwaitDelivery"}
              ],
              "Default": "TakePayment"
            },
            "AwaitDelivery": {"Type": "Wait", "Seconds": 2, "Next": "TakePayment"},
            "TakePayment": {
              "Type": "Task",
              "QueryLanguage": "JSONata",
              "Resource": "arn:aws:states:::lambda:invoke",
              "Arguments": {
                "FunctionName": "process-payment",
                "Payload": {
                  "order": "{% $states.input.order %}", "user": "{% $states.input.user %}", "amount": "{% $amount %}"
                }
              },
              "TimeoutSeconds": 5,
              "Retry": [
                {
                  "ErrorEquals": ["States.Timeout", "Sandbox.Timedout", "Lambda.TooManyRequestsException", "Lambda.ServiceException"],
                  "IntervalSeconds": 1, "BackoffRate": 2, "MaxAttempts": 2, "MaxDelaySeconds": 4, "JitterStrategy": "FULL"
                }
              ],
              "Catch": [
                {
                  "ErrorEquals": ["States.ALL"],
                  "Assign": {"problem": "{% $states.errorOutput %}"},
                  "Output": "{% $states.input %}",
                  "Next": "MarkCancelled"
                }
              ],
              "Assign": {"payment": "{% $states.result.Payload.payment %}"},
              "Output": "{% $states.input %}",
              "Next": "UpdateOrder"
            },
            "UpdateOrder": {
              "Type": "Task",
              "Resource": "arn:aws:lambda:us-east-1:000000000000:function:update-order",
              "Parameters": {"order.$": "$.order", "user.$": "$.user", "payment.$": "$payment"},
              "ResultSelector": {"state.$": "$.state"},
              "ResultPath": "$.update",
              "Retry": [
                {
                  "ErrorEquals": ["Lambda.TooManyRequestsException", "Lambda.ServiceException", "Sandbox.Timedout"],
                  "IntervalSeconds": 1, "MaxAttempts": 3
                }
              ],
              "Next": "NotifyAndInvoice"
            },
            "NotifyAndInvoice": {
              "Type": "Parallel",
              "Branches": [
                {
                  "StartAt": "WantsMessage",
                  "States": {
                    "WantsMessage": {
                      "Comment": "About one customer in four",
                      "Type": "Choice",
                      "Choices": [
                        {
                          "Or": [
                            {"Variable": "$.order", "StringMatches": "*0"}, {"Variable": "$.order", "StringMatches": "*4"},
                            {"Variable": "$.order", "StringMatches": "*8"}, {"Variable": "$.order", "StringMatches": "*c"}
                          ],
                          "Next": "NotifyUser"
                        }
                      ],
                      "Default": "NoMessage"
                    },
                    "NotifyUser": {
                      "Type": "Task",
                      "Resource": "arn:aws:lambda:us-east-1:000000000000:function:notify-user",
                      "Parameters": {"order.$": "$.order", "user.$": "$.user"},
                      "End": true
                    },
                    "NoMessage": {"Type": "Pass", "Result": {"told": null}, "End": true}
                  }
                },
                {
                  "StartAt": "Invoice",
                  "States": {
                    "Invoice": {
                      "Type": "Map",
                      "ItemsPath": "$.items",
                      "ItemSelector": {
                        "line.$": "States.MathAdd($$.Map.Item.Index, 1)",
                        "item.$": "$$.Map.Item.Value"
                      },
                      "ItemProcessor": {
                        "ProcessorConfig": {"Mode": "INLINE"},
                        "StartAt": "InvoiceLine",
                        "States": {
                          "InvoiceLine": {
                            "Type": "Pass",
                            "QueryLanguage": "JSONata",
                            "Output": "{% ($gross := $states.input.item.(price * count); {'line': $states.input.line, 'text': $states.input.item.count & ' x ' & $states.input.item.sku, 'gross': $round($gross, 2), 'tax': $round($gross - $gross / 1.19, 2)}) %}",
                            "End": true
                          }
                        }
                      },
                      "End": true
                    }
                  }
                }
              ],
              "ResultSelector": {"message.$": "$[0]", "invoice.$": "$[1]"},
              "ResultPath": "$.finish",
              "Next": "OrderDone"
            },
            "OrderDone": {
              "Type": "Succeed",
              "QueryLanguage": "JSONata",
              "Output": {
                "order": "{% $states.input.order %}",
                "customer": "{% $customer %}",
                "amount": "{% $amount %}",
                "payment": "{% $payment %}",
                "invoice": "{% $states.input.finish.invoice %}"
              }
            },
            "MarkCancelled": {
              "Type": "Task",
              "QueryLanguage": "JSONata",
              "Resource": "arn:aws:states:::dynamodb:updateItem",
              "Arguments": {
                "TableName": "orders",
                "Key": {"id": {"S": "{% $states.input.order %}"}},
                "UpdateExpression": "SET #state = :state, problem = :problem",
                "ExpressionAttributeNames": {"#state": "state"},
                "ExpressionAttributeValues": {":state": {"S": "CANCELLED"}, ":problem": {"S": "{% $problem.Error %}"}}
              },
              "Next": "CancelOrder"
            },
            "CancelOrder": {"Type": "Fail", "ErrorPath": "$problem.Error", "CausePath": "$problem.Cause"},
            "RefuseOrder": {"Type": "Fail", "Error": "OutOfStock", "Cause": "No more than 50 of a thing are in stock"}
          }
        }
        """#
}
