import Glibc

/// The input that is being tried, in memory that is a file: it is still there when the program is not.
struct InputFile {
    let path: String
    private let start: UnsafeMutableRawPointer
    private static let size = 4 << 20

    init?(seed: UInt64) {
        path = "/tmp/fntop-fuzz-\(seed).input"
        let file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0o600)
        guard file >= 0, ftruncate(file, Self.size) == 0,
            let memory = mmap(nil, Self.size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0), memory != MAP_FAILED
        else { return nil }
        close(file)
        start = memory
    }

    /// - Parameter header: which input it is.
    func write(_ header: String, _ input: String) {
        let bytes = Array((header + "\n" + input).utf8.prefix(Self.size - 1)) + [0]
        bytes.withUnsafeBytes { start.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(start), byteCount: $0.count) }
    }

    func remove() { unlink(path) }
}
