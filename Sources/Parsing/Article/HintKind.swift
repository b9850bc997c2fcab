import TallyModel

/// What a word of an element's class or id says about the text in it.
enum HintKind: UInt8, CaseIterable, Sendable {
    case advert, byline, caption, comments, date, navigation, newsletter, notice, print, promo, related,
        share, tags
    /// The word takes the meaning from the others of its name: `has-sidebar` tells about the page.
    case negation
    /// The words together name the place of an article's text.
    case body
    /// The element is not shown, or shown to screen readers only.
    case hidden
    /// The element looks like a button.
    case button
    /// The element shows the code of a program in colours.
    case code
    /// The words together name a post of a live blog.
    case livePost

    /// The table of words, and of whole names, by kind.
    static func table(_ name: String, _ bytes: [UInt8]) -> NameTable {
        let rows = Table(name, bytes, columns: 2).rows
        return NameTable(
            rows.map { row in
                guard let kind = allCases.first(where: { "\($0)" == row[1] }) else {
                    row.fail("has \(row[1]) where a kind is due")
                }
                return (name: row[0], value: kind.rawValue)
            }
        )
    }
}
