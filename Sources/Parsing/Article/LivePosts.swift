import TallyModel

/// Finds the posts of a live blog and their times.
struct LivePosts {
    /// The first node of each post, and the line that dates it.
    private(set) var posts: [(node: Int, line: String)] = []
    /// The element that holds all posts; `nil` where the page is no live blog.
    private(set) var root: Int?

    /// A page with fewer is no live blog.
    private static let fewest = 3

    /// - Parameters:
    ///   - tree: The page.
    ///   - hints: What is said of each node.
    ///   - isLeftOut: The nodes that belong to no article.
    ///   - isDeclared: Whether the page's structured data calls it a live blog.
    init(tree: PageTree, hints: [Hints], isLeftOut: [Bool], isDeclared: Bool) {
        var end = 0
        for index in tree.nodes.indices where index >= end && !isLeftOut[index] {
            let isPost =
                hints[index].contains(.livePost)
                || isDeclared && (tree[index].element == .article || tree[index].element == .li)
            guard isPost, let moment = Self.moment(of: index, in: tree) else { continue }
            posts.append((index, LiveTime.line(of: moment)))
            end = Int(tree[index].end)
        }
        guard posts.count >= Self.fewest, let first = posts.first, let last = posts.last else {
            posts = []
            return
        }
        var place = first.node
        while place > 0, Int(tree[place].end) <= last.node { place = Int(tree[place].parent) }
        root = place
    }

    /// The time that stands at the beginning of a post.
    private static func moment(of post: Int, in tree: PageTree) -> DateText.Moment? {
        for index in tree.descendants(of: post).prefix(40) {
            guard tree[index].element == .time, let text = tree.value(of: .datetime, at: index) else {
                continue
            }
            return DateText.moment(from: text)
        }
        return nil
    }
}

/// Writes the time of a post as people do, so that no part of it is taken for a figure.
enum LiveTime {
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November",
        "December",
    ]

    /// Returns `12 February 2026, 08:10 +02:00`, with `UTC` where no zone is known.
    static func line(of moment: DateText.Moment) -> String {
        let text = Timestamp.text(of: moment.date, minutesEast: moment.zone)
        let fields = text.prefix(10).split(separator: "-")
        guard fields.count == 3, let month = Int(fields[1]), let day = Int(fields[2]),
            months.indices.contains(month - 1)
        else { return text }
        let zone = moment.zone.map { $0 == 0 ? "UTC" : String(text.suffix(6)) } ?? "UTC"
        return "\(day) \(months[month - 1]) \(fields[0]), \(text.dropFirst(11).prefix(5)) \(zone)"
    }
}
