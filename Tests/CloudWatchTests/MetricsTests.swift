import AWSCore
import JSON
import Testing

@testable import CloudWatch

struct MetricsTests {
    @Test(
        arguments: [
            (nil, .all), ([["Name": "FunctionName", "Value": "f"]], .function("f")),
            ([["Name": "FunctionName", "Value": "f"], ["Name": "Resource", "Value": "f"]], .function("f")),
            ([["Name": "FunctionName", "Value": "f"], ["Name": "Resource", "Value": "f:live"]], .none),
            ([["Name": "Resource", "Value": "f"]], .none),
        ] as [(JSON?, MetricTarget)])
    func dimensionsNameAFunction(_ dimensions: JSON?, _ target: MetricTarget) {
        #expect(MetricTarget(dimensions) == target)
    }

    @Test func resultsArePagedByDatapoints() throws {
        let results: [JSON] = [
            ["Id": "a", "Timestamps": [1, 2, 3], "Values": [1, 2, 3], "StatusCode": "Complete"],
            ["Id": "n", "Timestamps": [], "Values": [], "StatusCode": "Complete"],
            ["Id": "b", "Timestamps": [4, 5], "Values": [4, 5], "StatusCode": "Complete"],
        ]
        var seen: [String: [JSON]] = [:]
        var token: JSON?
        var pages = 0
        repeat {
            var input: JSON = ["MaxDatapoints": 2]
            input["NextToken"] = token
            let page = try MetricDataPage.json(results, input)
            for result in page["MetricDataResults"]?.array ?? [] {
                seen[result["Id"]?.string ?? "", default: []] += result["Values"]?.array ?? []
            }
            token = page["NextToken"]
            pages += 1
        } while token != nil && pages < 10
        #expect(pages == 3)
        #expect(seen == ["a": [1, 2, 3], "n": [], "b": [4, 5]])
    }

    @Test(
        arguments: [("p50", 2), ("p99", 4), ("p0", 1), ("Average", 2.5), ("Sum", 10), ("SampleCount", 4)]
            as [(String, Double)])
    func statistics(_ name: String, _ value: Double) throws {
        #expect(try Samples(values: [4, 1, 3, 2]).statistic(name) == value)
    }
}
