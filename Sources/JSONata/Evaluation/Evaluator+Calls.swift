extension Evaluator {
    func evaluate(
        _ call: Call, _ node: Node, _ input: Value, _ frame: Frame?, first: Value? = nil
    ) throws(JSONataError) -> Value {
        let (function, arguments) = try prepared(call, node, input, frame, first: first)
        do throws(JSONataError) {
            return try self.call(function, arguments, input)
        } catch {
            throw error.located(at: node.position)
        }
    }

    private func prepared(
        _ call: Call, _ node: Node, _ input: Value, _ frame: Frame?, first: Value?
    ) throws(JSONataError) -> (Function, [Value]) {
        let procedure = try evaluate(call.procedure, input, frame)
        if procedure.isUndefined, let suspected = call.suspectedVariable, let name = call.name,
            !lookup(suspected, frame).isUndefined
        {
            throw JSONataError(
                "T1005", "Attempted to invoke a non-function. Did you mean $\(name)?", at: node.position)
        }
        var arguments: [Value] = []
        arguments.reserveCapacity(call.arguments.count + 1)
        if let first { arguments.append(first) }
        for case let argument? in call.arguments { arguments.append(try evaluate(argument, input, frame)) }
        guard case .function(let function) = procedure else {
            throw JSONataError("T1006", "Attempted to invoke a non-function", at: node.position)
        }
        return (function, arguments)
    }

    /// - Parameter input: the context, for what a signature takes from it.
    func call(_ function: Function, _ arguments: [Value], _ input: Value) throws(JSONataError) -> Value {
        switch function.kind {
        case .builtin(let builtin):
            let values = try builtin.signature?.validated(arguments, unwrapped(input), name: builtin.name) ?? arguments
            return try builtin.body(self, Arguments(values: values), input)
        case .lambda(let lambda, let frame, let lambdaInput):
            return try call(lambda, frame, lambdaInput, arguments, input)
        case .partial(let inner, let given):
            return try callPartial(inner, given, arguments, input)
        case .composed(let first, let second):
            try enterCall()
            defer { leaveCall() }
            return try call(second, [try call(first, Array(arguments.prefix(1)), input)], input)
        case .transform(let transform, let frame):
            return try apply(transform, arguments.first ?? .undefined, input, frame)
        case .pattern(let pattern): return try match(pattern, arguments)
        case .next(let pattern, let text, let start): return try match(pattern, text, from: start)
        }
    }

    /// Arguments that come to stand where the `?` were; what a partial gives is not checked again.
    private func callPartial(
        _ inner: Function, _ given: [Value?], _ arguments: [Value], _ input: Value
    ) throws(JSONataError) -> Value {
        var rest = arguments[...]
        let values = given.map { value in value ?? rest.popFirst() ?? .undefined }
        guard case .builtin(let builtin) = inner.kind else { return try call(inner, values, input) }
        return try builtin.body(self, Arguments(values: values), input)
    }

    /// Calls in tail position go round here instead of deeper.
    private func call(
        _ firstLambda: Lambda, _ firstFrame: Frame?, _ firstInput: Value, _ firstArguments: [Value], _ context: Value
    ) throws(JSONataError) -> Value {
        try enterCall()
        defer { leaveCall() }
        var (lambda, home, input, arguments) = (firstLambda, firstFrame, firstInput, firstArguments)
        var context = context
        while true {
            if let signature = lambda.signature { arguments = try signature.validated(arguments, context, name: nil) }
            let frame = Frame(parent: home)
            for (place, parameter) in lambda.parameters.enumerated() {
                try frame.bind(parameter, place < arguments.count ? arguments[place] : .undefined)
            }
            switch try tail(lambda.body, input, frame) {
            case .value(let value): return value
            case .call(let function, let next):
                guard case .lambda(let nextLambda, let nextHome, let nextInput) = function.kind else {
                    return try call(function, next, input)
                }
                context = input
                (lambda, home, input, arguments) = (nextLambda, nextHome, nextInput, next)
            }
        }
    }

    private enum Tail {
        case value(Value)
        case call(Function, [Value])
    }

    private func tail(_ body: Node, _ input: Value, _ frame: Frame) throws(JSONataError) -> Tail {
        var node = body
        var frame = frame
        while node.isPlain, !node.keepsArray {
            switch node.kind {
            case .condition(let condition, let then, let otherwise):
                if try evaluate(condition, input, frame).isTrue {
                    node = then
                } else {
                    guard let otherwise else { return .value(.undefined) }
                    node = otherwise
                }
            case .block(let expressions):
                guard let last = expressions.last else { return .value(.undefined) }
                frame = Frame(parent: frame)
                for expression in expressions.dropLast() { _ = try evaluate(expression, input, frame) }
                node = last
            case .call(let call):
                try spend(1)
                let (function, arguments) = try prepared(call, node, input, frame, first: nil)
                if case .lambda = function.kind { return .call(function, arguments) }
                do throws(JSONataError) {
                    return .value(try self.call(function, arguments, input))
                } catch {
                    throw error.located(at: node.position)
                }
            default: return .value(try evaluate(node, input, frame))
            }
        }
        return .value(try evaluate(node, input, frame))
    }

    func partial(_ call: Call, _ node: Node, _ input: Value, _ frame: Frame?) throws(JSONataError) -> Value {
        var given: [Value?] = []
        for argument in call.arguments {
            guard let argument else {
                given.append(nil)
                continue
            }
            given.append(try evaluate(argument, input, frame))
        }
        let procedure = try evaluate(call.procedure, input, frame)
        if procedure.isUndefined, let suspected = call.suspectedVariable, let name = call.name,
            !lookup(suspected, frame).isUndefined
        {
            throw JSONataError(
                "T1007", "Attempted to partially apply a non-function. Did you mean $\(name)?", at: node.position)
        }
        guard case .function(let function) = procedure else {
            throw JSONataError("T1008", "Attempted to partially apply a non-function", at: node.position)
        }
        return .function(Function(.partial(function, given)))
    }

    func apply(
        _ left: Node, _ right: Node, _ node: Node, _ input: Value, _ frame: Frame?
    ) throws(JSONataError) -> Value {
        let value = try evaluate(left, input, frame)
        if case .call(let call) = right.kind, right.isPlain {
            return try evaluate(call, right, input, frame, first: value)
        }
        guard case .function(let second) = try evaluate(right, input, frame) else {
            throw JSONataError(
                "T2006", "The right side of the function application operator ~> must be a function",
                at: node.position)
        }
        if case .function(let first) = value { return .function(Function(.composed(first, second))) }
        return try call(second, [value], input)
    }

    /// Calls with as many of the arguments as the function takes.
    func callBack(_ function: Function, _ arguments: Value...) throws(JSONataError) -> Value {
        let count = max(1, min(function.arity, arguments.count))
        return try call(function, Array(arguments.prefix(count)), .undefined)
    }
}

extension JSONataError {
    func located(at position: Int) -> JSONataError {
        guard self.position == nil else { return self }
        return JSONataError(code, message, at: position)
    }
}
