import COpenBLAS

/// Products of row-major matrices of single precision.
enum Matrix {
    /// Returns `input · weightsᵀ + bias`: a row for each row of the input.
    ///
    /// - Parameters:
    ///   - input: The first number of the first row; a row begins `stride` numbers behind the one before.
    ///   - rows: The number of the results.
    ///   - stride: How many numbers of its own a row has.
    ///   - window: How many consecutive rows of the input make one row of the product; the input holds
    ///     `rows + window - 1` rows.
    ///   - weights: A row of `window · stride` numbers for each output.
    ///   - bias: A number for each output; empty for none.
    /// - Returns: The product, row by row.
    static func product(
        _ input: UnsafePointer<Float>,
        rows: Int,
        stride: Int,
        window: Int = 1,
        weights: [Float],
        bias: [Float]
    ) -> [Float] {
        let width = window * stride
        let outputs = weights.count / width
        return [Float](unsafeUninitializedCapacity: rows * outputs) { buffer, initialized in
            guard let start = buffer.baseAddress else { return }
            for row in 0..<rows where !bias.isEmpty {
                for column in 0..<outputs { buffer[row * outputs + column] = bias[column] }
            }
            weights.withUnsafeBufferPointer { weights in
                guard let weights = weights.baseAddress else { return }
                // BLAS takes no overlapping rows: each place of the window is a product of its own.
                for place in 0..<window {
                    cblas_sgemm(
                        CblasRowMajor,
                        CblasNoTrans,
                        CblasTrans,
                        blasint(rows),
                        blasint(outputs),
                        blasint(stride),
                        1,
                        input + place * stride,
                        blasint(stride),
                        weights + place * stride,
                        blasint(width),
                        place == 0 && bias.isEmpty ? 0 : 1,
                        start,
                        blasint(outputs)
                    )
                }
            }
            initialized = rows * outputs
        }
    }
}
