import Foundation

/// How much room a disk has.
enum FreeSpace {
    private static let little = 500 << 20
    private static let tooLittle = 50 << 20

    static func finding(_ subject: String, at path: String) -> Finding? {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        let free = Int(status.f_bavail) * Int(status.f_frsize)
        let text = "\(free >> 20) MB free at \(path)"
        let advice = "make room: a full disk stops the polling (retention, log.max_size)"
        guard free >= tooLittle else { return .error(subject, text, advice) }
        return free >= little ? .ok(subject, text) : .warning(subject, text, advice)
    }
}
