import Synchronization

/// The vectors that tokens have before they know their neighbours, kept over the articles: most words come again.
final class TokenCache: Sendable {
    /// The number of tokens that are kept, 2 MB of vectors; a full cache begins anew.
    static let capacity = 4096

    private let known = Mutex<[SyntaxToken: [Float]]>([:])

    /// Returns the vectors of tokens, and makes those that are not known.
    ///
    /// - Parameters:
    ///   - tokens: The tokens, in any order.
    ///   - make: Returns as many rows of ``SyntaxModel/width`` numbers as it is given tokens.
    /// - Returns: The vector of each different token.
    func vectors(of tokens: Set<SyntaxToken>, make: ([SyntaxToken]) -> [Float]) -> [SyntaxToken: [Float]] {
        var result: [SyntaxToken: [Float]] = [:]
        result.reserveCapacity(tokens.count)
        var missing: [SyntaxToken] = []
        known.withLock { known in
            for token in tokens {
                if let vector = known[token] { result[token] = vector } else { missing.append(token) }
            }
        }
        guard !missing.isEmpty else { return result }
        let made = make(missing)
        let width = SyntaxModel.width
        for (index, token) in missing.enumerated() {
            result[token] = Array(made[index * width..<(index + 1) * width])
        }
        known.withLock { known in
            if known.count + missing.count > Self.capacity { known.removeAll(keepingCapacity: true) }
            for token in missing.prefix(Self.capacity) { known[token] = result[token] }
        }
        return result
    }

    /// Forgets every vector.
    func removeAll() { known.withLock { $0.removeAll() } }
}
