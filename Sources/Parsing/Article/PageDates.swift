import FoundationEssentials

/// Decides when a page's article was published and last changed.
///
/// What the page declares is held against the date that stands beside its headline: a reader goes by that one.
struct PageDates {
    private(set) var published: DateText.Moment?
    private(set) var modified: DateText.Moment?

    /// Declared and shown dates that lie so far apart, in seconds, differ by more than their zones.
    private static let slack = 36 * 3600.0

    init(
        tree: PageTree,
        values: [String: [String]],
        linked: LinkedData,
        dateline: Dateline,
        headline: Int?,
        url: String
    ) {
        func first(_ names: [String]) -> DateText.Moment? {
            for name in names {
                for value in values[name] ?? [] {
                    if let moment = DateText.moment(from: value) { return moment }
                }
            }
            return nil
        }
        let items = DateElements(tree: tree, headline: headline)
        let declared =
            first(Array(MetadataNames.published.prefix(2))) ?? linked.published ?? first(
                MetadataNames.published
            )
            ?? items.published
        modified = linked.modified ?? first(MetadataNames.modified) ?? items.modified
        var shown = dateline.published
        if let time = items.first, shown == nil || Self.isSameTime(time, shown) { shown = time }
        if let declared {
            published = declared
            if let visible = dateline.published, dateline.isCertain, !Self.isSameTime(visible, declared) {
                published = visible
            }
        } else {
            published = shown ?? Self.moment(inAddress: url) ?? dateline.updated ?? modified
        }
        modified = modified ?? dateline.updated
        if let modified, let published, modified.date < published.date.addingTimeInterval(-Self.slack) {
            self.modified = nil
        }
    }
}

extension PageDates {
    private static func isSameTime(_ first: DateText.Moment?, _ second: DateText.Moment?) -> Bool {
        guard let first, let second else { return false }
        return abs(first.date.timeIntervalSince(second.date)) <= slack
    }

    /// `/2024/05/12/` in an address.
    private static func moment(inAddress url: String) -> DateText.Moment? {
        let parts = URLParts(url).path.split(separator: "/")
        for place in parts.indices.dropLast(2) where parts[place].count == 4 && parts[place].hasPrefix("20") {
            if let moment = DateText.moment(from: parts[place...(place + 2)].joined(separator: "-")) {
                return moment
            }
        }
        return nil
    }
}

/// The dates that a page's elements carry: microdata and `time`
/// (<https://html.spec.whatwg.org/multipage/text-level-semantics.html#the-time-element>).
struct DateElements {
    /// The date of an element that says so.
    private(set) var published: DateText.Moment?
    /// The date of an element that says that it is of a change.
    private(set) var modified: DateText.Moment?
    /// The first date at or after the headline, else the first one.
    private(set) var first: DateText.Moment?

    init(tree: PageTree, headline: Int?) {
        var before: DateText.Moment?
        for index in tree.nodes.indices where tree[index].element != .text && tree[index].count > 0 {
            let itemprop = tree.value(of: .itemprop, at: index)?.lowercased()
            let datetime = tree.value(of: .datetime, at: index)
            let isDated = itemprop?.hasPrefix("date") == true
            guard datetime != nil || isDated else { continue }
            let content = datetime ?? tree.value(of: .content, at: index)
            let text = content ?? (tree.descendants(of: index).count <= 4 ? tree.text(of: index) : "")
            guard let moment = DateText.moment(from: text) else { continue }
            if itemprop?.contains("datepublished") == true || tree.bytes(of: .pubdate, at: index) != nil {
                published = published ?? moment
            } else if itemprop?.contains("datemodified") == true {
                modified = modified ?? moment
            } else if index >= headline ?? 0 {
                first = first ?? moment
            } else {
                before = before ?? moment
            }
        }
        first = first ?? before
    }
}
