/// The limits of one document.
public struct ParsingConfiguration: Sendable {
    /// The entries of one feed that are read; later ones are left out with a diagnostic.
    ///
    /// At least 1.
    public var maximumEntries = 2000
    /// The levels of elements that are told apart; what lies deeper is read as if it stood at this level.
    ///
    /// 16 to 512.
    public var maximumDepth = 200
    /// The bytes of one page or feed that are read; what follows is read as if it were missing.
    public var maximumDocumentBytes = 8_000_000
    /// The elements and texts of one page or feed that are read; what follows is read as if it were missing.
    public var maximumNodes = 330_000

    /// Creates the limits that are used where a caller names none.
    public init() {}
}
