import AWSCore
import Crypto
import NIOPosix
import Telemetry

/// A function's code, ready to run.
struct FunctionCode: Sendable, Hashable {
    /// Absolute; the task root.
    var directory: String
    /// Bytes of the package.
    var size: Int
    /// Base64, of the package.
    var sha256: String
    /// A folder of the user's: run where it is, and never removed.
    var isLocalFolder: Bool
}

/// Where packages are unpacked.
struct CodeStore: Sendable {
    /// AWS's limits.
    static let zippedLimit = 52_428_800
    static let unzippedLimit = 262_144_000
    /// The bucket whose keys are folders of this machine: code that runs where it is edited.
    static let localBucket = "_fntop_local_"

    let directory: String

    /// Unpacks a package into a new folder.
    func unpack(_ package: [UInt8], for function: String) async throws(ServiceError) -> FunctionCode {
        guard package.count <= Self.zippedLimit else {
            throw .invalid("Zipped size must be smaller than \(Self.zippedLimit) bytes")
        }
        let folder = "\(directory)/\(function)-\(Hexadecimal.random(12))"
        let result: Result<Void, any Error>
        do {
            try await NIOThreadPool.singleton.runIfActive { try Self.write(package, into: folder) }
            result = .success(())
        } catch {
            result = .failure(error)
        }
        switch result {
        case .success: break
        case .failure(let error as ZipError):
            Files.remove(folder)
            throw Self.refusal(error)
        case .failure(let error):
            Files.remove(folder)
            throw ServiceError("ServiceException", "The code cannot be stored: \(error)", status: 500)
        }
        let digest = Base64.encoded(SHA256.hash(data: package))
        return FunctionCode(directory: folder, size: package.count, sha256: digest, isLocalFolder: false)
    }

    func localFolder(_ path: String) throws(ServiceError) -> FunctionCode {
        guard path.hasPrefix("/"), Files.isDirectory(path) else {
            throw .invalid("The folder \(path) does not exist, or is not given by its absolute path.")
        }
        let digest = Base64.encoded(SHA256.hash(data: Array(path.utf8)))
        return FunctionCode(directory: path, size: 0, sha256: digest, isLocalFolder: true)
    }

    /// Removes code that nothing runs any longer.
    func remove(_ code: FunctionCode) {
        guard !code.isLocalFolder else { return }
        NIOThreadPool.singleton.submit { _ in Files.remove(code.directory) }
    }

    private static func write(_ package: [UInt8], into folder: String) throws {
        let archive = try ZipArchive(package, sizeLimit: unzippedLimit)
        try Files.makeDirectory(folder)
        for entry in archive.entries where !entry.path.isEmpty {
            let path = "\(folder)/\(entry.path)"
            guard !entry.isDirectory else {
                try Files.makeDirectory(path)
                continue
            }
            if let slash = path.lastIndex(of: "/") { try Files.makeDirectory(String(path[..<slash])) }
            let mode: UInt16 = entry.mode == 0 ? 0o644 : entry.mode | 0o400
            try Files.write(try archive.content(of: entry), to: path, mode: UInt32(mode))
        }
    }

    private static func refusal(_ error: ZipError) -> ServiceError {
        switch error {
        case .tooLarge(let limit): .invalid("Unzipped size must be smaller than \(limit) bytes")
        case .unsafePath(let path): .invalid("Could not unzip uploaded file. Unsafe path: \(path)")
        case .notAnArchive, .damaged, .tooManyEntries, .unsupported:
            .invalid("Could not unzip uploaded file. Please check your file, then try to upload again.")
        }
    }
}
