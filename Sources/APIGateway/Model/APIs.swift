import AWSCore
import JSON
import Synchronization

/// All APIs of the endpoint, and what the account has.
///
/// Calls read while operations write, so nothing here waits: a reader takes a value and goes on with it.
final class APIs: Sendable {
    private struct State {
        var documents: [String: Document] = [:]
        var version = 0
    }

    private let state = Mutex(State())
    private let files: APIFiles?
    private let whenChanged: @Sendable (Document?, _ id: String) -> Void

    static let accountID = "account"
    private static let most = 600

    /// - Parameter whenChanged: called with what an API is now, or with `nil` when it is gone.
    init(files: APIFiles?, whenChanged: @escaping @Sendable (Document?, _ id: String) -> Void) {
        self.files = files
        self.whenChanged = whenChanged
    }

    /// Reads what was kept.
    ///
    /// - Returns: the files that could not be read.
    func restore() -> [String] {
        guard let files else { return [] }
        let (documents, unreadable) = files.read()
        for document in documents {
            state.withLock { $0.documents[document.id] = document }
            if document.kind != .account { whenChanged(document, document.id) }
        }
        return unreadable
    }

    subscript(id: String) -> Document? { state.withLock { $0.documents[id] } }

    /// Ordered by when they were made.
    func all(_ kind: Document.Kind) -> [Document] {
        state.withLock { Array($0.documents.values) }.filter { $0.kind == kind }.sorted {
            let (left, right) = ($0.members["createdDate"]?.text ?? "", $1.members["createdDate"]?.text ?? "")
            return (left, $0.id) < (right, $1.id)
        }
    }

    var account: Document { self[Self.accountID] ?? Document(.account, id: Self.accountID) }

    func find(_ kind: Document.Kind, _ id: String?) throws(ServiceError) -> Document {
        guard let id, let document = self[id], document.kind == kind else { throw .noAPI(kind, id) }
        return document
    }

    func add(_ document: Document) throws(ServiceError) {
        let isFull = state.withLock { state in
            guard state.documents.count < Self.most else { return true }
            state.version += 1
            state.documents[document.id] = document
            state.documents[document.id]?.version = state.version
            files?.write(document)
            return false
        }
        guard !isFull else {
            throw ServiceError("TooManyRequestsException", "Too many APIs: the limit is \(Self.most)", status: 429)
        }
        whenChanged(document, document.id)
    }

    func remove(_ kind: Document.Kind, _ id: String?) throws(ServiceError) {
        let id = try find(kind, id).id
        state.withLock { state in
            state.documents[id] = nil
            files?.remove(id)
        }
        whenChanged(nil, id)
    }

    /// Changes an API in one step and gives what the change gave; nothing changes when it throws.
    @discardableResult
    func change<Result: Sendable>(
        _ kind: Document.Kind, _ id: String?, _ change: (inout Document) throws(ServiceError) -> Result
    ) throws(ServiceError) -> Result {
        let outcome = state.withLock { state -> Swift.Result<(Document, Result), ServiceError> in
            do throws(ServiceError) {
                var document = try Self.document(kind, id, in: state)
                let result = try change(&document)
                state.version += 1
                document.version = state.version
                state.documents[document.id] = document
                files?.write(document)
                return .success((document, result))
            } catch {
                return .failure(error)
            }
        }
        let (document, result) = try outcome.get()
        if kind != .account { whenChanged(document, document.id) }
        return result
    }

    private static func document(_ kind: Document.Kind, _ id: String?, in state: State) throws(ServiceError) -> Document
    {
        if kind == .account { return state.documents[accountID] ?? Document(.account, id: accountID) }
        guard let id, let document = state.documents[id], document.kind == kind else { throw .noAPI(kind, id) }
        return document
    }
}

extension ServiceError {
    static func noAPI(_ kind: Document.Kind, _ id: String?) -> ServiceError {
        .notFound("Invalid API identifier specified \(ARN.defaultAccount):\(id ?? "")")
    }

    static func notFound(_ message: String) -> ServiceError { ServiceError("NotFoundException", message, status: 404) }
    static func badRequest(_ message: String) -> ServiceError { ServiceError("BadRequestException", message) }
    static func conflict(_ message: String) -> ServiceError { ServiceError("ConflictException", message, status: 409) }
}
