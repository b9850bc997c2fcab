/// The dates that a page's elements carry: microdata and `time`
/// (<https://html.spec.whatwg.org/multipage/text-level-semantics.html#the-time-element>).
struct DateElements {
    /// The date of an element that says so.
    private(set) var published: DateText.Moment?
    /// The date of an element that says that it is of a change.
    private(set) var modified: DateText.Moment?
    /// The first date at or after the headline, else the first one.
    private(set) var first: DateText.Moment?
    /// The zones of the first dates, in minutes east of UTC.
    private(set) var zones: [Int] = []

    /// The zones that are kept.
    private static let maximumZones = 8

    init(tree: PageTree, headline: Int?) {
        var before: DateText.Moment?
        for index in tree.nodes.indices where tree[index].element != .text && tree[index].count > 0 {
            let itemprop = tree.value(of: .itemprop, at: index)?.lowercased()
            let datetime = tree.value(of: .datetime, at: index)
            let isDated = itemprop?.hasPrefix("date") == true
            guard datetime != nil || isDated else { continue }
            let content = datetime ?? tree.value(of: .content, at: index)
            let text = content ?? (tree.descendants(of: index).count <= 4 ? tree.line(of: index) : "")
            guard let moment = DateText.moment(from: text) else { continue }
            if let zone = moment.zone, zones.count < Self.maximumZones { zones.append(zone) }
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
