/// Why nothing could be read from a document.
public enum ParsingError: Error, Equatable, Sendable {
    /// The document is no feed; the text says what it looks like.
    case notAFeed(String)
    /// The document holds no text that a person would read; the text says what it looks like.
    case notText(String)
    /// The document has no content.
    case empty

    /// The kind of the error as a bounded word for metrics and rows.
    public var label: String {
        switch self {
        case .notAFeed: "not_a_feed"
        case .notText: "not_text"
        case .empty: "empty"
        }
    }
}

extension ParsingError: CustomStringConvertible {
    /// One sentence for a person.
    public var description: String {
        switch self {
        case .notAFeed(let looks): "the document is not a feed: it looks like \(looks)"
        case .notText(let looks): "the document is not text: it looks like \(looks)"
        case .empty: "the document is empty"
        }
    }
}
