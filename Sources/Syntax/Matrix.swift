import COpenBLAS

/// Products of row-major matrices of single precision.
enum Matrix {
    /// Returns `input · weightsᵀ + bias`: a row for each row of the input.
    ///
    /// - Parameters:
    ///   - input: `rows` rows of `width` numbers.
    ///   - rows: The number of the rows.
    ///   - width: How many numbers a row has.
    ///   - weights: A row of `width` numbers for each output.
    ///   - bias: A number for each output; empty for none.
    /// - Returns: The product, row by row.
    static func product(
        _ input: UnsafePointer<Float>,
        rows: Int,
        width: Int,
        weights: [Float],
        bias: [Float]
    ) -> [Float] {
        let outputs = weights.count / width
        return [Float](unsafeUninitializedCapacity: rows * outputs) { buffer, initialized in
            guard let start = buffer.baseAddress else { return }
            for row in 0..<rows where !bias.isEmpty {
                for column in 0..<outputs { buffer[row * outputs + column] = bias[column] }
            }
            cblas_sgemm(
                CblasRowMajor,
                CblasNoTrans,
                CblasTrans,
                blasint(rows),
                blasint(outputs),
                blasint(width),
                1,
                input,
                blasint(width),
                weights,
                blasint(width),
                bias.isEmpty ? 0 : 1,
                start,
                blasint(outputs)
            )
            initialized = rows * outputs
        }
    }

    /// Returns each row with the one before and the one behind it; BLAS takes no rows that overlap.
    ///
    /// - Parameters:
    ///   - input: `rows + 2` rows of `width` numbers.
    ///   - rows: The number of the windows.
    ///   - width: How many numbers a row has.
    /// - Returns: `rows` rows of `3 · width` numbers.
    static func windows(_ input: [Float], rows: Int, width: Int) -> [Float] {
        [Float](unsafeUninitializedCapacity: rows * 3 * width) { buffer, initialized in
            input.withUnsafeBufferPointer { input in
                for row in 0..<rows {
                    let target = UnsafeMutableBufferPointer(
                        rebasing: buffer[row * 3 * width..<(row + 1) * 3 * width]
                    )
                    _ = target.update(fromContentsOf: input[row * width..<(row + 3) * width])
                }
            }
            initialized = rows * 3 * width
        }
    }
}
