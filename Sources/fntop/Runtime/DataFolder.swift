import Glibc

/// Where a runtime keeps what is to outlive it; one program at a time.
struct DataFolder {
    let path: String
    private let lock: Int32

    /// - Throws: ``Failure`` that says why the folder cannot be used.
    init(_ name: String) throws {
        guard mkdir(name, 0o700) == 0 || errno == EEXIST else {
            throw Failure("\(name) cannot be made: \(String(cString: strerror(errno))). Use another --data.")
        }
        guard let real = realpath(name, nil) else {
            throw Failure("\(name) cannot be used: \(String(cString: strerror(errno))). Use another --data.")
        }
        path = String(cString: real)
        free(real)
        lock = open("\(path)/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else {
            throw Failure("\(path) cannot be written: \(String(cString: strerror(errno))). Use another --data.")
        }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            throw Failure("\(path) is in use by another fntop. End that one, or use another --data.")
        }
    }

    func unlock() { close(lock) }
}
