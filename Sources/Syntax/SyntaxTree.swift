/// The tags and the dependency tree of one sentence.
///
/// A text of several clauses without a verb between them may hold several roots.
public struct SyntaxTree: Hashable, Sendable {
    /// The part of speech of each token.
    public let tags: [PartOfSpeech]
    /// The index of each token's head; a root's is its own.
    public let heads: [Int]
    /// The relation of each token to its head.
    public let labels: [Dependency]

    /// Creates a tree; the three arrays are of one length.
    public init(tags: [PartOfSpeech], heads: [Int], labels: [Dependency]) {
        precondition(tags.count == heads.count && heads.count == labels.count, "one entry a token")
        self.tags = tags
        self.heads = heads
        self.labels = labels
    }
}
