public import Foundation
public import TallyModel

/// Files and folders that `file:` URLs name.
public enum LocalDocuments {
    /// A document in a folder.
    public struct Document: Hashable, Sendable {
        /// The absolute path.
        public let path: String
        /// The percent-encoded `file:` URL.
        public let url: String
        /// When the file was last written.
        public let modifiedAt: Date
        /// The size in bytes.
        public let size: Int
    }

    /// The endings of the names of documents.
    public static let endings: Set<String> = ["htm", "html", "json", "txt"]

    /// Returns the path of a `file:` URL; `nil` for any other text.
    public static func path(ofFileURL text: String) -> String? {
        guard text.lowercased().hasPrefix("file:"), let url = URL(string: text), url.isFileURL,
            // RFC 8089 §2: another host's file is not here.
            ["", "localhost"].contains(url.host ?? "")
        else { return nil }
        return url.path
    }

    /// Returns whether a directory is at a path.
    public static func isDirectory(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
            && isDirectory.boolValue
    }

    /// Returns the bytes of a regular file.
    ///
    /// - Throws: ``FetchError/unreadable(_:)`` with path and reason, or ``FetchError/bodyTooLarge(limit:)``.
    public static func read(_ path: String, maximumBytes: Int) throws(FetchError) -> [UInt8] {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw .unreadable("\(path): \(String(cString: strerror(errno)))")
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .unreadable("\(path): is no regular file") }
        guard status.st_size <= maximumBytes else { throw .bodyTooLarge(limit: maximumBytes) }
        do {
            return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw .unreadable("\(path): \(String(cString: strerror(errno)))")
        }
    }

    /// Returns the documents of a folder by name; hidden files and folders within it are left out.
    ///
    /// - Throws: ``FetchError/unreadable(_:)`` with path and reason.
    public static func list(directory path: String) throws(FetchError) -> [Document] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
        } catch {
            throw .unreadable("\(path): cannot be listed")
        }
        return names.compactMap { name in
            guard !name.hasPrefix("."), let ending = name.split(separator: ".").last?.lowercased(),
                endings.contains(ending)
            else { return nil }
            let file = "\(path)/\(name)"
            var status = stat()
            // One that is gone between the listing and here is no document any more.
            guard stat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
            let seconds = Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) / 1e9
            return Document(
                path: file,
                url: URL(fileURLWithPath: file).absoluteString,
                modifiedAt: Date(timeIntervalSince1970: seconds),
                size: Int(status.st_size)
            )
        }
    }
}
