public import FoundationEssentials

/// Numbers as people write them into files and on the command line.
public enum DecimalText {
    /// Returns the number of `-?digits(.digits)?`, with `_` and `,` allowed between digits; `nil` for anything else.
    ///
    /// `Decimal(string:)` alone reads the beginning of a text and lets the rest pass: `10-12` would be 10.
    public static func number(_ text: String) -> Decimal? {
        let plain = text.filter { $0 != "_" && $0 != "," }
        let digits = plain.hasPrefix("-") ? plain.dropFirst() : plain[...]
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2,
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } })
        else { return nil }
        return Decimal(string: plain)
    }
}
