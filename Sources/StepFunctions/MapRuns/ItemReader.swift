import AWSCore
import JSON
import StatesLanguage
import Telemetry

/// `ItemReader`: items from an object in S3, or the objects of a bucket themselves.
struct ItemReader: Sendable {
    let run: MapRun
    /// `{Resource, ReaderConfig, Parameters}`
    let configuration: JSON

    func items() async throws(TaskFailure) -> [JSON] {
        let resource = configuration["Resource"]?.string ?? ""
        let parameters = configuration["Parameters"] ?? .object(JSONObject())
        var items: [JSON]
        switch resource.split(separator: ":").last.map(String.init) {
        case "listObjectsV2": items = try await listed(parameters)
        case "getObject": items = try await read(parameters)
        default: throw Self.failure("The ItemReader's resource \(resource) is not one that fntop can read")
        }
        if let most = configuration["ReaderConfig"]?["MaxItems"]?.int, most > 0, items.count > most {
            items = Array(items[..<most])
        }
        return items
    }

    private static func failure(_ cause: String) -> TaskFailure { TaskFailure("States.ItemReaderFailed", cause) }

    private func call(_ operation: String, _ input: JSON) async throws(TaskFailure) -> JSON {
        do throws(ServiceError) {
            let context = CallContext(
                requestID: RequestID().description, region: run.parent.record.region,
                traceHeader: run.parent.record.traceHeader(of: run.request.id))
            return try await run.world.caller.call("s3", operation, input, context: context)
        } catch {
            throw Self.failure("\(operation) of s3: \(error.message)")
        }
    }

    private func listed(_ parameters: JSON) async throws(TaskFailure) -> [JSON] {
        var items: [JSON] = []
        var input = parameters
        while true {
            let page = try await call("ListObjectsV2", input)
            items += page["Contents"]?.array ?? []
            guard let token = page["NextContinuationToken"]?.string, page["IsTruncated"]?.bool != false else {
                return items
            }
            input["ContinuationToken"] = .string(token)
        }
    }

    private func object(_ bucket: String, _ key: String) async throws(TaskFailure) -> String {
        let object = try await call("GetObject", ["Bucket": .string(bucket), "Key": .string(key)])
        guard let text = object["Body"]?.string else { throw Self.failure("The object \(key) has no text") }
        return text
    }

    private func read(_ parameters: JSON) async throws(TaskFailure) -> [JSON] {
        let bucket = parameters["Bucket"]?.string ?? ""
        let key = parameters["Key"]?.string ?? ""
        let text = try await object(bucket, key)
        switch configuration["ReaderConfig"]?["InputType"]?.string {
        case "CSV": return try CSVItems(configuration["ReaderConfig"]).items(text)
        case "JSONL": return try lines(text)
        case "MANIFEST": return try await manifest(text, bucket)
        default: return try array(text)
        }
    }

    private func lines(_ text: String) throws(TaskFailure) -> [JSON] {
        var items: [JSON] = []
        for line in text.split(whereSeparator: \.isNewline) {
            do throws(JSONError) {
                items.append(try JSON(parsing: String(line)))
            } catch {
                throw Self.failure("Line \(items.count + 1) of the input is not JSON: \(error)")
            }
        }
        return items
    }

    private func array(_ text: String) throws(TaskFailure) -> [JSON] {
        var json: JSON
        do throws(JSONError) { json = try JSON(parsing: text) } catch {
            throw Self.failure("The input is not JSON: \(error)")
        }
        let pointer = configuration["ReaderConfig"]?["ItemsPointer"]?.string ?? ""
        for part in pointer.split(separator: "/") {
            let name = String(part.replacing("~1", with: "/").replacing("~0", with: "~"))
            guard let member = json[name] ?? Int(name).flatMap({ json[$0] }) else {
                throw Self.failure("The input has nothing at \(pointer)")
            }
            json = member
        }
        if let object = json.object { return object.map { ["Key": .string($0), "Value": $1] } }
        guard let items = json.array else { throw Self.failure("Attempting to map over non-iterable node.") }
        return items
    }

    /// An S3 inventory: CSV files without header, named by the manifest.
    private func manifest(_ text: String, _ bucket: String) async throws(TaskFailure) -> [JSON] {
        guard let manifest = try? JSON(parsing: text), let files = manifest["files"]?.array else {
            throw Self.failure("The manifest has no files")
        }
        let names = manifest["fileSchema"]?.string?.split(separator: ",").map {
            String($0.filter { !$0.isWhitespace })
        }
        var items: [JSON] = []
        for file in files {
            let text = try await object(bucket, file["key"]?.string ?? "")
            items += try CSVItems(names: names ?? []).items(text)
        }
        return items
    }
}
