import Glibc

/// The folders that programs are looked for in.
enum SearchPath {
    static func has(_ program: String) -> Bool {
        guard let path = getenv("PATH") else { return false }
        return String(cString: path).split(separator: ":").contains { access("\($0)/\(program)", X_OK) == 0 }
    }
}
