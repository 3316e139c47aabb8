import AWSCore
import JSON
import Synchronization
import Telemetry

/// All functions, by name.
final class Functions: Sendable {
    private let all = Mutex<[String: LambdaFunction]>([:])
    private let sink: any TelemetrySink
    private let shelf: FunctionShelf?

    /// - Parameter shelf: where functions outlive the program; `nil` keeps them in memory only.
    init(sink: any TelemetrySink, shelf: FunctionShelf? = nil) {
        self.sink = sink
        self.shelf = shelf
    }

    /// The function in the version that the reference names.
    ///
    /// - Parameter draw: from 0 to 1, which of an alias's versions is taken; 1 is always the main one.
    func find(
        _ reference: FunctionReference, call: CallContext, draw: Double = 1
    ) throws(ServiceError) -> LambdaFunction {
        let found = all.withLock { $0[reference.name] }
        guard let version = found?.version(of: reference.qualifier, draw: draw), let found = found?.at(version) else {
            let own = ARN(
                service: "lambda", region: call.region, account: call.account, resource: "function:\(reference.name)")
            let suffix = reference.qualifier.map { ":\($0)" } ?? ""
            throw .notFound((found?.arn ?? own.description) + suffix)
        }
        return found
    }

    func named(_ name: String) -> LambdaFunction? { all.withLock { $0[name] } }
    func version(_ name: VersionName) -> LambdaFunction? { named(name.name)?.at(name.version) }
    var sorted: [LambdaFunction] { all.withLock { $0.values.sorted { $0.name < $1.name } } }
    var count: Int { all.withLock { $0.count } }

    /// - Returns: whether there was none of that name.
    func add(_ function: LambdaFunction) throws(ServiceError) -> Bool {
        let result = all.withLock { all -> Result<Bool, ServiceError> in
            guard all[function.name] == nil else { return .success(false) }
            if let failure = keep(function) { return .failure(failure) }
            all[function.name] = function
            return .success(true)
        }
        let isNew = try result.get()
        if isNew { sink.emit(TelemetryEvent(.functionChanged(function.description))) }
        return isNew
    }

    /// Changes a function in one step.
    ///
    /// - Parameter revision: what it must be at, if the caller said so.
    func change(
        _ name: String,
        revision: String? = nil,
        _ body: (inout LambdaFunction) -> Void
    ) throws(ServiceError) -> LambdaFunction {
        let result = all.withLock { all -> Result<LambdaFunction, ServiceError> in
            guard var function = all[name] else { return .failure(.notFound(name)) }
            if let revision, revision != function.configuration.revision {
                return .failure(.outOfDate)
            }
            body(&function)
            if let failure = keep(function) { return .failure(failure) }
            all[name] = function
            return .success(function)
        }
        let function = try result.get()
        sink.emit(TelemetryEvent(.functionChanged(function.description)))
        return function
    }

    /// Puts a function on the shelf, before anybody is told of it.
    private func keep(_ function: LambdaFunction) -> ServiceError? {
        guard let shelf else { return nil }
        do throws(Files.Failure) {
            try shelf.put(function)
            return nil
        } catch {
            return ServiceError("ServiceException", "The function cannot be stored: \(error)", status: 500)
        }
    }

    /// Takes in what another run of the program left.
    func restore(_ function: LambdaFunction) {
        all.withLock { $0[function.name] = function }
        sink.emit(TelemetryEvent(.functionChanged(function.description)))
    }

    func remove(_ name: String) -> LambdaFunction? {
        let removed = all.withLock { all in
            shelf?.remove(name)
            return all.removeValue(forKey: name)
        }
        if removed != nil { sink.emit(TelemetryEvent(.functionDeleted(name: name))) }
        return removed
    }
}
