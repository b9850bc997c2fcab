/// Reads the tables of words: one row a line, cells between bars.
enum TableReader {
    /// Returns the cells of every row.
    static func rows(_ text: String) -> [[String]] {
        text.split(separator: "\n").map { line in
            line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        }
    }

    /// Returns the second cell of every row by its first one.
    static func pairs(_ text: String) -> [String: String] {
        var pairs: [String: String] = [:]
        for cells in rows(text) where cells.count > 1 { pairs[cells[0]] = cells[1] }
        return pairs
    }

    /// Returns the words of a text as a set.
    static func words(_ text: String) -> Set<String> {
        Set(text.split { $0 == "\n" || $0 == " " }.map(String.init))
    }
}
