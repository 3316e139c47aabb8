import AWSCore
import JSON
import Telemetry

/// `Code` of a request: where the package is.
enum Code {
    /// Gets a package ready to run.
    static func prepare(
        _ input: JSON, for function: String, in context: LambdaService.Context
    ) async throws(ServiceError) -> FunctionCode {
        if let text = try Input.string(input, "ZipFile") {
            guard let package = Base64.decoded(text) else {
                throw ServiceError("SerializationException", "The value of ZipFile is not base64")
            }
            return try await context.code.unpack(package, for: function)
        }
        guard let bucket = try Input.string(input, "S3Bucket"), let key = try Input.string(input, "S3Key") else {
            throw .invalid("Please provide a source for function code.")
        }
        guard bucket == CodeStore.localBucket else {
            throw .invalid(
                "Error occurred while GetObject. S3 Error Code: NoSuchBucket. S3 Error Message: "
                    + "The specified bucket does not exist")
        }
        return try context.code.localFolder(key)
    }
}
