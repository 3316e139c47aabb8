import AWSCore
import StatesLanguage

/// A service's error, as Step Functions tells it.
struct ServiceFailure {
    var error: String
    var cause: String

    init(_ failure: ServiceError, service: IntegratedService, requestID: String) {
        let code = failure.code
        guard code != "NotImplemented" else {
            error = "\(service.errorPrefix).NotImplemented"
            cause = "\(failure.message) (\(service.name))"
            return
        }
        error = "\(service.errorPrefix).\(Self.exception(code))"
        cause =
            service.isSDK
            ? "\(failure.message) (Service: \(service.title), Status Code: \(failure.status), "
                + "Request ID: \(requestID)) (SDK Attempt Count: 1)"
            : "\(failure.message) (Service: \(service.title); Status Code: \(failure.status); "
                + "Error Code: \(code); Request ID: \(requestID); Proxy: null)"
    }

    /// The name of an error's class in an SDK: `InvalidToken` → `InvalidTokenException`.
    static func exception(_ code: String) -> String {
        // `AWS.SimpleQueueService.NonExistentQueue`
        let name = code.split(separator: ".").last.map(String.init) ?? code
        if name.hasSuffix("Exception") { return name }
        for suffix in ["Error", "Fault"] where name.hasSuffix(suffix) {
            return String(name.dropLast(suffix.count)) + "Exception"
        }
        return name + "Exception"
    }
}
