/// Where the tokens of several sentences stand in one matrix, with empty rows between that keep them apart.
struct TokenBatch: Sendable {
    /// The rows between sentences: as many as the encoder's layers see over the edge.
    static let padding = 4

    /// The row of the first token of each sentence.
    let firstRows: [Int]
    let rowCount: Int
    let tokenCount: Int

    init(sentences: [[SyntaxToken]]) {
        var row = Self.padding
        firstRows = sentences.map { sentence in
            defer { row += sentence.count + Self.padding }
            return row
        }
        rowCount = row
        tokenCount = sentences.reduce(0) { $0 + $1.count }
    }
}
