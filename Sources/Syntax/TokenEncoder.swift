/// Turns tokens into vectors that know their neighbours.
struct TokenEncoder {
    let model: SyntaxModel
    let cache: TokenCache

    /// Returns the vectors of a batch: `rowCount` rows of ``SyntaxModel/width`` numbers.
    func vectors(of sentences: [[SyntaxToken]], in batch: TokenBatch) -> [Float] {
        let width = SyntaxModel.width
        // A row of zeros stands before the first row and behind the last: a window reaches over the edge.
        var rows = [Float](repeating: 0, count: (batch.rowCount + 2) * width)
        let mixed = cache.vectors(of: Set(sentences.joined())) { tokens in
            mix(tokens.map { LexicalFeatures(of: $0, norms: model.norms) })
        }
        for (sentence, first) in zip(sentences, batch.firstRows) {
            for (offset, token) in sentence.enumerated() {
                guard let vector = mixed[token] else {
                    preconditionFailure("every token of the batch was mixed")
                }
                let target = (first + offset + 1) * width
                for column in 0..<width { rows[target + column] = vector[column] }
            }
        }
        for layer in model.encoder { convolve(&rows, count: batch.rowCount, by: layer) }
        return Array(rows[width..<(batch.rowCount + 1) * width])
    }
}

private extension TokenEncoder {
    /// Looks up the six embeddings of each kind of token and mixes them into one vector.
    func mix(_ kinds: [LexicalFeatures]) -> [Float] {
        let width = SyntaxModel.width
        let total = width * model.embeddings.count
        var embedded = [Float](repeating: 0, count: kinds.count * total)
        embedded.withUnsafeMutableBufferPointer { embedded in
            for (kind, features) in kinds.enumerated() {
                for (index, value) in features.values.enumerated() {
                    let start = kind * total + index * width
                    let target = UnsafeMutableBufferPointer(rebasing: embedded[start..<start + width])
                    let hashed = LexicalHash.rows(of: value, seed: Self.firstSeed + UInt32(index))
                    for part in 0..<4 {
                        SyntaxModel.add(hashed[part], of: model.embeddings[index], to: target)
                    }
                }
            }
        }
        let pieces = Matrix.product(
            embedded,
            rows: kinds.count,
            width: total,
            weights: model.mixer.weights,
            bias: model.mixer.bias
        )
        var mixed = [Float](repeating: 0, count: kinds.count * width)
        mixed.withUnsafeMutableBufferPointer { mixed in
            for row in kinds.indices {
                addNormalisedMaximum(
                    of: pieces,
                    row: row,
                    layer: model.mixer,
                    to: UnsafeMutableBufferPointer(rebasing: mixed[row * width..<(row + 1) * width])
                )
            }
        }
        return mixed
    }

    /// Adds to each row what a layer makes of it and its two neighbours.
    func convolve(_ rows: inout [Float], count: Int, by layer: SyntaxModel.MaxoutLayer) {
        let width = SyntaxModel.width
        let pieces = Matrix.product(
            Matrix.windows(rows, rows: count, width: width),
            rows: count,
            width: 3 * width,
            weights: layer.weights,
            bias: layer.bias
        )
        rows.withUnsafeMutableBufferPointer { rows in
            for row in 0..<count {
                addNormalisedMaximum(
                    of: pieces,
                    row: row,
                    layer: layer,
                    to: UnsafeMutableBufferPointer(rebasing: rows[(row + 1) * width..<(row + 2) * width])
                )
            }
        }
    }

    func addNormalisedMaximum(
        of pieces: [Float],
        row: Int,
        layer: SyntaxModel.MaxoutLayer,
        to target: UnsafeMutableBufferPointer<Float>
    ) {
        let width = SyntaxModel.width
        withUnsafeTemporaryAllocation(of: Float.self, capacity: width) { maximum in
            pieces.withUnsafeBufferPointer { pieces in
                let start = row * width * SyntaxModel.pieces
                for column in 0..<width {
                    let at = start + column * SyntaxModel.pieces
                    maximum[column] = max(pieces[at], max(pieces[at + 1], pieces[at + 2]))
                }
            }
            var sum: Float = 0
            for column in 0..<width { sum += maximum[column] }
            let mean = sum / Float(width)
            var squares: Float = 0
            for column in 0..<width {
                let distance = maximum[column] - mean
                squares += distance * distance
            }
            let scale = 1 / (squares / Float(width) + Self.epsilon).squareRoot()
            layer.gain.withUnsafeBufferPointer { gain in
                layer.offset.withUnsafeBufferPointer { offset in
                    for column in 0..<width {
                        target[column] += (maximum[column] - mean) * scale * gain[column] + offset[column]
                    }
                }
            }
        }
    }

    /// The seed of the first embedding's hash; the others count on.
    static let firstSeed: UInt32 = 8
    /// What thinc adds to a variance.
    static let epsilon: Float = 1e-8
}
