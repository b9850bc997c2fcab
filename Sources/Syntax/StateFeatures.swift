/// What each token adds to the parser's hidden layer in each of its places, computed once a token.
struct StateFeatures {
    /// The numbers that one token adds in one place.
    static let stride = SyntaxModel.hiddenWidth * SyntaxModel.hiddenPieces

    private let values: [Float]
    private let padding: [Float]
    private let bias: [Float]

    init(model: SyntaxModel, vectors: [Float], rows: Int) {
        let tokens = Matrix.product(
            vectors,
            rows: rows,
            width: SyntaxModel.width,
            weights: model.tokenWeights,
            bias: model.tokenBias
        )
        values = Matrix.product(
            tokens,
            rows: rows,
            width: SyntaxModel.hiddenWidth,
            weights: model.stateWeights,
            bias: []
        )
        padding = model.statePadding
        bias = model.stateBias
    }

    /// Fills the hidden layer of a state.
    ///
    /// - Parameters:
    ///   - hidden: ``SyntaxModel/hiddenWidth`` numbers.
    ///   - rows: The row of the token in each of the eight places, -1 for none.
    func fill(_ hidden: UnsafeMutableBufferPointer<Float>, rows: [Int]) {
        let stride = Self.stride
        withUnsafeTemporaryAllocation(of: Float.self, capacity: stride) { sums in
            for index in 0..<stride { sums[index] = bias[index] }
            for (place, row) in rows.enumerated() {
                let source = row < 0 ? padding : values
                let start = (row < 0 ? place : row * SyntaxModel.stateTokens + place) * stride
                source.withUnsafeBufferPointer { source in
                    for index in 0..<stride { sums[index] += source[start + index] }
                }
            }
            for index in 0..<SyntaxModel.hiddenWidth {
                hidden[index] = max(sums[2 * index], sums[2 * index + 1])
            }
        }
    }
}
