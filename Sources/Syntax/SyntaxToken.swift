/// A word or sign as the parser wants it: "do", "n't", "Mr.", "19", "-", "year".
public struct SyntaxToken: Hashable, Sendable {
    /// The token as in the text.
    public let text: String
    /// Whether white space follows it.
    public let isSpaceBehind: Bool

    /// Creates a token.
    public init(text: String, isSpaceBehind: Bool) {
        self.text = text
        self.isSpaceBehind = isSpaceBehind
    }
}
