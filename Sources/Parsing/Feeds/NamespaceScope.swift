/// The namespaces in force at one place of a document, and the names that they give.
struct NamespaceScope {
    private struct Level {
        let depth: Int
        let prefixes: [String: String]
        let version: UInt64
    }

    /// Prefixes of the document by the prefixes that this module knows their namespaces by.
    private var prefixes: [String: String] = [:]
    private var levels: [Level] = []
    private var version: UInt64 = 0
    private var newestVersion: UInt64 = 0
    /// Names by their bytes and the version of the prefixes: a feed repeats few of them often.
    private var known: [UInt64: FeedName?] = [:]

    private static let maximumNames = 4096

    /// Takes the declarations of a tag's attributes; returns whether there are any.
    mutating func declares(in attributes: UnsafeBufferPointer<UInt8>, depth: Int) -> Bool {
        guard attributes.count > 6, attributes.end(of: "xmlns", from: 0) != nil else {
            return false
        }
        var declared = prefixes
        var reader = AttributeReader(bytes: attributes)
        while let (name, value) = reader.next() {
            let name = String(decoding: name, as: UTF8.self).lowercased()
            guard name == "xmlns" || name.hasPrefix("xmlns:") else { continue }
            let prefix = String(name.dropFirst(6))
            let uri = String(decoding: value, as: UTF8.self).trimmed
            declared[prefix] = XMLNamespaces.prefix(of: uri) ?? prefix
        }
        guard declared != prefixes else { return false }
        levels.append(Level(depth: depth, prefixes: prefixes, version: version))
        prefixes = declared
        newestVersion += 1
        version = newestVersion
        return true
    }

    /// Forgets what was declared by the element at a depth.
    mutating func close(depth: Int) {
        while let level = levels.last, level.depth >= depth {
            prefixes = level.prefixes
            version = level.version
            levels.removeLast()
        }
    }

    /// Returns the element that a written name stands for; `nil` for one that is not read.
    mutating func name(of bytes: UnsafeBufferPointer<UInt8>) -> FeedName? {
        // FNV-1a (RFC 9923), over the version too.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ (version &* 0x9e37_79b9_7f4a_7c15)
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        if let name = known[hash] { return name }
        let name = resolved(String(decoding: bytes.prefix(64), as: UTF8.self).lowercased())
        if known.count < Self.maximumNames { known[hash] = .some(name) }
        return name
    }

    private func resolved(_ text: String) -> FeedName? {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let prefix = parts.count == 2 ? String(parts[0]) : ""
        let local = parts.count == 2 ? String(parts[1]) : text
        let space = prefixes[prefix] ?? prefix
        return FeedName(rawValue: space.isEmpty ? local : "\(space):\(local)")
    }
}
