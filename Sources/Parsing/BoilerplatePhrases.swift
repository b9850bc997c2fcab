/// Phrases that ask the reader to do something instead of telling the story.
///
/// Source: read off the pages of English-language news sites; each begins a block that is nothing else.
enum BoilerplatePhrases {
    private static let whole: Set<String> = [
        "ad", "advertisement", "advertising", "article continues below", "comments", "continue reading",
        "copy link",
        "email", "facebook", "follow us", "getty images", "image", "leave a comment", "linkedin",
        "listen to article",
        "loading", "more on this story", "more stories", "most popular", "most read", "photo", "print",
        "read more",
        "recommended", "related", "related articles", "related stories", "related topics", "save", "share",
        "share this", "share this article", "share this story", "sponsored", "story continues below",
        "story continues below advertisement", "top stories", "trending", "tweet", "twitter", "whatsapp", "x",
    ]

    private static let beginnings = [
        "also read:", "click here to", "editor's picks", "follow us on", "get the latest", "image caption",
        "image source", "more on this story:", "photo:", "photograph:", "picture:", "read also:",
        "read more:",
        "read next:", "related:", "see also:", "share this", "sign up for", "sign up to", "subscribe to",
    ]

    /// Whether a block is such a phrase.
    static func matches(_ text: String) -> Bool {
        guard text.count <= 200 else { return false }
        let lower = text.lowercased()
        let bare = lower.trimmingSuffix { !$0.isLetter }
        return whole.contains(String(bare)) || beginnings.contains { lower.hasPrefix($0) }
    }
}

extension StringProtocol {
    /// The text without the characters at its end that satisfy a condition.
    fileprivate func trimmingSuffix(while isUnwanted: (Character) -> Bool) -> SubSequence {
        var end = endIndex
        while end > startIndex, isUnwanted(self[index(before: end)]) { end = index(before: end) }
        return self[startIndex..<end]
    }
}
