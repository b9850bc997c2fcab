/// A table of words that ships with the module: one row a line, cells between tabs, `#` before what is no row.
struct Table: Sendable {
    /// The cells of each row.
    let rows: [[String]]

    /// Reads an embedded file.
    init(_ bytes: [UInt8]) {
        rows = String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
            line.hasPrefix("#")
                ? nil : line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
    }

    /// The second cell of each row by its first one.
    var pairs: [String: String] {
        Dictionary(rows.map { ($0[0], $0[1]) }) { first, _ in first }
    }
}
