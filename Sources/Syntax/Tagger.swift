/// Gives each token its likeliest tag.
struct Tagger {
    let model: SyntaxModel

    /// Returns a tag for each row of a batch, the empty ones among them.
    func tags(of vectors: [Float], in batch: TokenBatch) -> [PartOfSpeech] {
        let scores = Matrix.product(
            vectors,
            rows: batch.rowCount,
            width: SyntaxModel.width,
            weights: model.tagWeights,
            bias: model.tagBias
        )
        let count = model.tags.count
        return (0..<batch.rowCount).map { row in
            var best = 0
            for tag in 1..<count where scores[row * count + tag] > scores[row * count + best] { best = tag }
            return model.tags[best]
        }
    }
}
