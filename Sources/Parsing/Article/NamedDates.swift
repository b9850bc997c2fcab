/// The dates that a page's `meta` elements carry.
struct NamedDates {
    /// The date of publication by the names of OpenGraph.
    private(set) var article: DateText.Moment?
    /// The date of publication by any other name.
    private(set) var other: DateText.Moment?
    private(set) var modified: DateText.Moment?

    /// - Parameter values: The contents by lower-case name, in the order of the page.
    init(_ values: [String: [String]]) {
        func first(_ names: some Sequence<String>) -> DateText.Moment? {
            for name in names {
                for value in values[name] ?? [] {
                    if let moment = DateText.moment(from: value) { return moment }
                }
            }
            return nil
        }
        article = first(MetadataNames.published.prefix(2))
        other =
            first(MetadataNames.published)
            ?? first(values.keys.filter { Self.isPublication($0) }.sorted())
        modified = first(MetadataNames.modified)
    }

    /// Whether a name that no list has says what it holds, as `w-published-date` does.
    private static func isPublication(_ name: String) -> Bool {
        name.contains("publi") && (name.contains("date") || name.contains("time"))
    }
}
