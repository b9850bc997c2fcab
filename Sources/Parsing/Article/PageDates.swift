import FoundationEssentials
import TallyModel

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
        let named = NamedDates(values)
        let items = DateElements(tree: tree, headline: headline)
        modified = linked.modified ?? named.modified ?? items.modified
        var shown = dateline.published
        if let time = items.first, shown == nil || Self.isSameTime(time, shown) { shown = time }
        let address = Self.moment(inAddress: url)
        let declared =
            Self.likelier(named.article, linked.published, shown: dateline.published ?? address)
            ?? named.other ?? items.published
        published = declared ?? shown ?? address ?? dateline.updated ?? modified
        if let declared, let visible = dateline.published, !Self.isSameTime(visible, declared) {
            if let modified, Self.isSameTime(visible, modified) {
                published = modified
            } else if dateline.isCertain {
                published = visible
            }
        }
        if let original = OriginalDate.moment(in: tree) { published = original }
        modified = modified ?? dateline.updated
        if let modified, let published, modified.date < published.date.addingTimeInterval(-Self.slack) {
            self.modified = nil
        }
        let zones = [linked.published?.zone, linked.modified?.zone].compactMap(\.self) + items.zones
        let zone = ShownZone(zones: zones)
        published = published.map { zone.moment($0, shownAs: dateline.published ?? address) }
        modified = modified.map { zone.moment($0, shownAs: dateline.updated) }
    }
}

extension PageDates {
    /// The one of two declared dates that the page shows, else the earlier one: systems overwrite a date when they
    /// publish an article anew.
    private static func likelier(
        _ first: DateText.Moment?,
        _ second: DateText.Moment?,
        shown: DateText.Moment?
    ) -> DateText.Moment? {
        guard let first, let second, first.date != second.date else {
            // Of two ways to write one moment, that with the zone says more.
            return first?.zone ?? 0 != 0 ? first : second ?? first
        }
        if let shown {
            let day = day(of: shown)
            if Self.day(of: first) == day, Self.day(of: second) != day { return first }
            if Self.day(of: second) == day, Self.day(of: first) != day { return second }
        }
        return first.date < second.date ? first : second
    }

    private static func day(of moment: DateText.Moment) -> Substring {
        Timestamp.text(of: moment.date, minutesEast: moment.zone).prefix(10)
    }

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
