import Glibc
import NIOPosix

/// Finds interpreters on the PATH, each once.
actor Interpreters {
    private var found: [String: Task<Interpreter?, Never>] = [:]

    func resolve(_ runtime: String) async -> RuntimeResolution {
        switch RuntimeKind(runtime) {
        case .python(let version):
            return await resolve(
                runtime, ["python\(version)", "python3", "python"], wanted: version, language: "Python")
        case .node(let version):
            return await resolve(runtime, ["node", "nodejs"], wanted: version, language: "Node.js")
        case .provided: return .bootstrap
        case .other:
            return .missing(
                reason: "fntop does not run \(runtime) itself; package it with a bootstrap as provided.al2023.")
        }
    }

    private func resolve(
        _ runtime: String, _ names: [String], wanted: String, language: String
    ) async -> RuntimeResolution {
        for name in names {
            guard let interpreter = await interpreter(name) else { continue }
            let isWanted = interpreter.version == wanted || interpreter.version.hasPrefix("\(wanted).")
            let warning = isWanted ? nil : "runs on \(language) \(interpreter.version), not on \(runtime)"
            return .interpreter(interpreter, warning: warning)
        }
        return .missing(reason: "\(names[names.count - 2]) is not on the PATH; install \(language) to run \(runtime).")
    }

    private func interpreter(_ name: String) async -> Interpreter? {
        if let task = found[name] { return await task.value }
        let task = Task { () -> Interpreter? in
            try? await NIOThreadPool.singleton.runIfActive { Self.find(name) }
        }
        found[name] = task
        return await task.value
    }

    private static func find(_ name: String) -> Interpreter? {
        guard let path = pathOfProgram(name) else { return nil }
        let question =
            name.hasPrefix("python")
            ? ["-c", "import sys,platform;print(sys.executable);print(platform.python_version())"]
            : ["-p", "process.execPath + '\\n' + process.versions.node"]
        let program = Program(path: path, arguments: question, environment: ownEnvironment, directory: "/")
        let lines = program.printed(within: 10)?.split(separator: "\n").map(String.init) ?? []
        guard lines.count == 2, Files.isExecutable(lines[0]) else { return nil }
        return Interpreter(path: lines[0], version: lines[1])
    }

    private static func pathOfProgram(_ name: String) -> String? {
        guard let path = getenv("PATH").map({ String(cString: $0) }) else { return nil }
        return path.split(separator: ":").map { "\($0)/\(name)" }.first(where: Files.isExecutable)
    }

    /// What redirecting programs need: where versions and settings are.
    private static var ownEnvironment: [String] {
        let names: [String] = [
            "PATH", "HOME", "PYENV_ROOT", "PYENV_VERSION", "NVM_DIR", "ASDF_DIR", "ASDF_DATA_DIR", "LD_LIBRARY_PATH",
        ]
        return names.compactMap { name in getenv(name).map { "\(name)=\(String(cString: $0))" } }
    }
}
