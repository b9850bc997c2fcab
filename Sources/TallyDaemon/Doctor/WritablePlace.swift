import Foundation

/// Where a file is, or the next folder above it that there is.
struct WritablePlace {
    let path: String
    let isWritable: Bool

    static func of(_ path: String) -> WritablePlace {
        var url = URL(fileURLWithPath: path)
        while !FileManager.default.fileExists(atPath: url.path), url.path != "/" {
            url.deleteLastPathComponent()
        }
        // Root may write everywhere, but not to a file system that takes nothing.
        return WritablePlace(path: url.path, isWritable: access(url.path, W_OK) == 0)
    }
}
