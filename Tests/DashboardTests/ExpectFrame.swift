import Glibc
import Terminal
import Testing

/// Compares a picture with the one that is kept in `Frames`.
///
/// With `RECORD_FRAMES=1` the kept one is written anew, and the test fails all the same.
func expectFrame(_ frame: Frame, named name: String, at location: SourceLocation = #_sourceLocation) {
    let path = String(#filePath.dropLast("ExpectFrame.swift".count)) + "Frames/\(name).txt"
    let text = frame.text + "\n"
    if getenv("RECORD_FRAMES") != nil {
        write(text, to: path)
        Issue.record("recorded \(path)", sourceLocation: location)
        return
    }
    guard let kept = read(path) else {
        Issue.record("there is no \(path): record it with RECORD_FRAMES=1", sourceLocation: location)
        return
    }
    guard kept != text else { return }
    Issue.record("\(name) looks different now:\n\(text)", sourceLocation: location)
}

private func read(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
        let count = fread(&buffer, 1, buffer.count, file)
        guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
        bytes += buffer.prefix(count)
    }
}

private func write(_ text: String, to path: String) {
    guard let file = fopen(path, "w") else { return }
    let bytes = Array(text.utf8)
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
}

/// Times on pictures are the same on every machine.
func useUTC() {
    setenv("TZ", "UTC", 1)
    tzset()
}
