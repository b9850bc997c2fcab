/// The names that a site goes by: its outlet's, whole and in part, and those of its host.
struct SiteNames {
    private let keys: Set<String>
    /// The words of the outlet's name.
    private let words: [Substring]

    init(outlet: String, url: String) {
        words = Self.withoutArticle(PageTitle.words(of: outlet))
        var keys = Set(outlet.split { "|–—:•·".contains($0) }.map { Self.key($0) })
        keys.insert(Self.key(outlet))
        let host = URLText.host(of: url)
        let labels = host.split(separator: ".").map(String.init)
        keys.formUnion(labels.dropLast().filter { $0.count >= 4 })
        keys.insert(PageTitle.key(host))
        keys.remove("")
        self.keys = keys
    }

    /// Whether a part of a title is such a name.
    func contains(_ part: some StringProtocol) -> Bool {
        let key = Self.key(part)
        guard !key.isEmpty else { return false }
        if keys.contains(key) || key.hasSuffix("com") && keys.contains(String(key.dropLast(3))) {
            return true
        }
        // "Thrive Internet Marketing" of the "Thrive Internet Marketing Agency".
        let words = Self.withoutArticle(PageTitle.words(of: part))
        return words.count >= 2 && self.words.starts(with: words)
    }

    /// The letters and digits of a name without its article.
    private static func key(_ name: some StringProtocol) -> String {
        withoutArticle(PageTitle.words(of: name)).joined()
    }

    private static func withoutArticle(_ words: [Substring]) -> [Substring] {
        words.first == "the" && words.count > 1 ? Array(words.dropFirst()) : words
    }
}
