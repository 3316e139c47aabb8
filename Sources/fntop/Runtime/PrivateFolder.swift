import Glibc

/// A folder of our own that nobody else can read, and that goes away with the program.
struct PrivateFolder {
    let path: String

    /// - Throws: ``Failure`` that names the place and the reason.
    init() throws {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(base)/fntop-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw Failure("no folder can be made in \(base): \(String(cString: strerror(errno)))")
        }
        path = template.withUnsafeBufferPointer {
            String(decoding: $0.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }

    func remove() {
        Self.remove(path)
    }

    /// Takes away a folder with all that is in it; follows no links.
    private static func remove(_ path: String) {
        if let stream = opendir(path) {
            while let entry = readdir(stream) {
                let name = withUnsafeBytes(of: entry.pointee.d_name) {
                    String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                }
                guard name != ".", name != ".." else { continue }
                if entry.pointee.d_type == UInt8(DT_DIR) {
                    remove("\(path)/\(name)")
                } else {
                    unlink("\(path)/\(name)")
                }
            }
            closedir(stream)
        }
        rmdir(path)
    }
}
