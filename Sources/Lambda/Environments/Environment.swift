import NIOCore

/// An execution environment: everything of it happens on one event loop, inside ``EnvironmentCore``.
final class Environment: Sendable {
    let number: Int
    /// 32 hexadecimal digits; the end of the log stream's name.
    let id = Hexadecimal.random(32)
    let function: VersionName
    let loop: any EventLoop
    private let box: NIOLoopBoundBox<EnvironmentCore?>

    init(number: Int, function: VersionName, loop: any EventLoop) {
        self.number = number
        self.function = function
        self.loop = loop
        box = NIOLoopBoundBox.makeEmptyBox(valueType: EnvironmentCore.self, eventLoop: loop)
    }

    /// Only on the loop; `nil` once it has ended.
    var core: EnvironmentCore? {
        get { box.value }
        set { box.value = newValue }
    }

    /// Runs `body` on the loop, at once if this is it; not at all when the environment has ended.
    func run(_ body: @escaping @Sendable (EnvironmentCore) -> Void) {
        guard !loop.inEventLoop else {
            if let core = box.value { body(core) }
            return
        }
        loop.execute { if let core = self.box.value { body(core) } }
    }
}
