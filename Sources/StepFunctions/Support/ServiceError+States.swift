import AWSCore
import StatesLanguage

/// The errors of Step Functions, with AWS's texts.
extension ServiceError {
    static func invalidARN(_ text: String) -> ServiceError {
        ServiceError("InvalidArn", "Invalid Arn: 'Invalid ARN prefix: \(text)'")
    }

    /// An ARN of a resource that the operation does not take.
    static func wrongResourceType(_ type: String) -> ServiceError {
        ServiceError("InvalidArn", "Invalid Arn: 'Resource type not valid in this context: \(type)'")
    }

    static func invalidName(_ name: String) -> ServiceError {
        ServiceError("InvalidName", "Invalid Name: '\(name)'")
    }

    static func noStateMachine(_ arn: String) -> ServiceError {
        ServiceError("StateMachineDoesNotExist", "State Machine Does Not Exist: '\(arn)'")
    }

    static func noExecution(_ arn: String) -> ServiceError {
        ServiceError("ExecutionDoesNotExist", "Execution Does Not Exist: '\(arn)'")
    }

    static func noActivity(_ arn: String) -> ServiceError {
        ServiceError("ActivityDoesNotExist", "Activity Does Not Exist: '\(arn)'")
    }

    static let noResource = ServiceError(
        "ResourceNotFound", "Request references a resource that does not exist.")

    static let invalidToken = ServiceError("InvalidToken", "Invalid Token: 'Invalid token'")

    static func invalid(_ message: String) -> ServiceError { ServiceError("ValidationException", message) }

    /// - Parameter requirement: `have length less than or equal to 80`
    static func constraint(_ value: String, at member: String, _ requirement: String) -> ServiceError {
        invalid(
            "1 validation error detected: Value \(value) at '\(member)' failed to satisfy constraint: "
                + "Member must \(requirement)")
    }

    /// - Parameter text: the definition.
    static func invalidDefinition(_ findings: [DefinitionDiagnostic], in text: String) -> ServiceError {
        ServiceError("InvalidDefinition", DefinitionValidator.invalidDefinitionMessage(findings, in: text))
    }
}
