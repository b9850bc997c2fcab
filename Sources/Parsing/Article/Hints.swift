/// A set of what an element's attributes say about its text.
struct Hints: OptionSet, Sendable {
    let rawValue: UInt32

    init(rawValue: UInt32) { self.rawValue = rawValue }

    init(_ kind: HintKind) { rawValue = 1 << UInt32(kind.rawValue) }

    /// It is never part of an article.
    static let unread = Hints(rawValue: 1 << 24)
    /// It is not shown unless a script shows it.
    static let hidden = Hints(.hidden)
    /// Its role or its element says that it stands beside the article.
    static let aside = Hints(rawValue: 1 << 26)

    static let advert = Hints(.advert)
    static let body = Hints(.body)
    static let livePost = Hints(.livePost)
    static let code = Hints(.code)
    static let button = Hints(.button)
    static let byline = Hints(.byline)
    static let caption = Hints(.caption)
    static let comments = Hints(.comments)
    static let date = Hints(.date)
    static let negation = Hints(.negation)
    static let promo = Hints(.promo)
    static let related = Hints(.related)

    /// What no article holds, unless most of the page's text is in it.
    static let boilerplate: Hints = [
        .aside, .advert, .caption, .comments, .related, Hints(.navigation), Hints(.newsletter),
        Hints(.notice),
        Hints(.print), .promo, Hints(.share), Hints(.tags),
    ]
}
