import AWSCore
import JSON
import Telemetry
import TelemetryStore
import Testing

@testable import CloudWatch

struct MetricsTests {
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
        "What is wrong with a datum is said with its place",
        arguments: [
            ([:], "MissingParameter", "The parameter MetricData.member.1.MetricName is required."),
            (["MetricName": "m"], "MissingParameter", "The parameter MetricData.member.1.Value is required."),
            (
                ["MetricName": "m", "Value": nil], "InvalidParameterValue",
                "The value NaN for parameter MetricData.member.1.Value is invalid."
            ),
            (
                ["MetricName": "m", "Value": 1, "StatisticValues": [:]], "InvalidParameterCombination",
                "The parameters MetricData.member.1.Value and MetricData.member.1.StatisticValues are mutually exclusive and you have specified both."
            ),
            (
                ["MetricName": "m", "Values": [1, 2], "Counts": [1]], "InvalidParameterValue",
                "The parameters MetricData.member.1.Values and MetricData.member.1.Counts must be of the same size."
            ),
            (
                ["MetricName": "m", "Values": .array(Array(repeating: 1, count: 151))], "InvalidParameterValue",
                "The collection MetricData.member.1.Values must not have a size greater than 150."
            ),
            (
                ["MetricName": "m", "Value": 1, "Unit": "Furlongs"], "InvalidParameterValue",
                "The value Furlongs for parameter MetricData.member.1.Unit is invalid."
            ),
            (
                ["MetricName": "m", "Value": 1, "StorageResolution": 5], "InvalidParameterValue",
                "The value 5 for parameter MetricData.member.1.StorageResolution must be 1 or 60."
            ),
            (
                ["MetricName": "m", "Value": 1, "Timestamp": 1_600_000_000], "InvalidParameterValue",
                "The parameter MetricData.member.1.Timestamp must specify a time within the past two weeks."
            ),
            (
                ["MetricName": "m", "Value": 1, "Timestamp": 1_700_010_000], "InvalidParameterValue",
                "The parameter MetricData.member.1.Timestamp must specify a time no more than two hours in the future."
            ),
            (
                ["MetricName": "m", "Value": 1, "Dimensions": [["Name": "a"]]], "MissingParameter",
                "The parameter MetricData.member.1.Dimensions.member.1.Value is required."
            ),
            (
                [
                    "MetricName": "m",
                    "StatisticValues": ["SampleCount": 0, "Sum": 1, "Minimum": 1, "Maximum": 1],
                ], "InvalidParameterValue",
                "The value 0.0 for parameter MetricData.member.1.StatisticValues.SampleCount is invalid."
            ),
            (
                ["MetricName": "m", "Value": .number(JSONNumber(source: "1e200"))], "InvalidParameterValue",
                "The value 1e+200 for parameter MetricData.member.1.Value is invalid."
            ),
        ] as [(JSON, String, String)])
    func faultsOfData(_ datum: JSON, _ code: String, _ message: String) {
        #expect(throws: ServiceError(code, message)) {
            try MetricDatum(
                datum, namespace: "n", place: "MetricData.member.1", now: Timestamp(seconds: 1_700_000_000))
        }
    }

    @Test func dataComeInAllTheirForms() throws {
        let now = Timestamp(seconds: 1_700_000_000)
        func datum(_ json: JSON) throws -> MetricDatum {
            try MetricDatum(json, namespace: "n", place: "MetricData.member.1", now: now)
        }
        // Forms have numbers as text.
        let form = try datum(["MetricName": "m", "Values": ["1", "2"], "Counts": ["3", "0"], "Unit": "Count"])
        #expect(form.metric.values == [.init(1, count: 3)])
        #expect(form.time == now)
        let set = try datum([
            "MetricName": "m", "StatisticValues": ["SampleCount": 2, "Sum": 3, "Minimum": 1, "Maximum": 2],
            "Timestamp": "2023-11-14T22:00:00Z",
        ])
        #expect(set.metric.summary == .init(count: 2, sum: 3, minimum: 1, maximum: 2))
        #expect(set.time == Timestamp(seconds: 1_699_999_200))
    }

    @Test func compressedBodiesAreUnpackedAndDamagedOnesAreNot() throws {
        // `printf 'hello hello hello' | gzip -n | xxd -p`
        let packed: [UInt8] = [
            0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x57,
            0xC8, 0x40, 0x90, 0x00, 0x80, 0x88, 0xF9, 0xE5, 0x11, 0x00, 0x00, 0x00,
        ]
        #expect(Gzip.unpacked(packed, most: 100) == Array("hello hello hello".utf8))
        #expect(Gzip.unpacked(packed, most: 16) == nil)
        for place in packed.indices {
            var damaged = packed
            damaged[place] ^= 0x55
            _ = Gzip.unpacked(damaged, most: 100)
            #expect(Gzip.unpacked(Array(packed[..<place]), most: 100) == nil)
        }
        var damaged = packed
        damaged[20] ^= 1
        #expect(Gzip.unpacked(damaged, most: 100) == nil)
    }
}
