import NIOConcurrencyHelpers
package import NIOCore

/// One request that waits for its answer.
package final class HTTPExchange: Sendable {
    package let eventLoop: any EventLoop
    private let connection: NIOLoopBound<ServerConnection>
    private let gone = NIOLockedValueBox<Gone>(.waiting(nil))

    private enum Gone {
        case waiting((@Sendable () -> Void)?)
        case happened
    }

    init(connection: NIOLoopBound<ServerConnection>, eventLoop: any EventLoop) {
        self.connection = connection
        self.eventLoop = eventLoop
    }

    /// Sends the answer; a second one is ignored, as is one to a client that is gone.
    package func answer(_ response: HTTPResponse) {
        guard !eventLoop.inEventLoop else {
            connection.value.answer(response, to: self)
            return
        }
        eventLoop.execute { self.connection.value.answer(response, to: self) }
    }

    /// Calls `action`, once, if the client goes away before it was answered; at once if it has.
    package func whenGone(_ action: @escaping @Sendable () -> Void) {
        let isGone = gone.withLockedValue { state in
            guard case .waiting = state else { return true }
            state = .waiting(action)
            return false
        }
        if isGone { action() }
    }

    func clientIsGone() {
        let action = gone.withLockedValue { state -> (@Sendable () -> Void)? in
            guard case .waiting(let action) = state else { return nil }
            state = .happened
            return action
        }
        action?()
    }
}
