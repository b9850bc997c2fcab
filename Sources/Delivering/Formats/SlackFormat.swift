public import FoundationEssentials
public import TallyModel

/// Slack's incoming webhooks: `text` for notifications, `blocks` for the channel
/// (<https://docs.slack.dev/reference/block-kit/blocks>).
public struct SlackFormat: MessageFormat {
    private let url: String

    /// The most characters of a header, and of a section's text.
    private static let headerLimit = 150
    private static let sectionLimit = 3000
    /// The most blocks of a message.
    private static let blockLimit = 50

    /// Creates a format for an incoming webhook's URL.
    public init(url: String) {
        self.url = url
    }

    /// Returns the POST of a message.
    public func request(for message: Message, at now: Date) throws -> FetchRequest? {
        let digests = try message.digests()
        let title = message.title(of: digests)
        var blocks = [Block.header(title.cut(to: Self.headerLimit))]
        for digest in digests {
            blocks += Self.blocks(of: digest, isAlone: digests.count == 1)
        }
        let lines = [title] + (digests.count == 1 ? [digests[0].reason] : [])
        let body = Body(
            text: Markup.slack(lines.joined(separator: "\n")).cut(to: Self.sectionLimit),
            blocks: Array(blocks.prefix(Self.blockLimit))
        )
        return try FetchRequest(postingJSON: body, to: url)
    }

    private static func blocks(of digest: AlertDigest, isAlone: Bool) -> [Block] {
        var lines = isAlone ? [] : ["*\(Markup.slack(digest.title))*"]
        lines.append(Markup.slack(digest.reason))
        for quote in digest.quotes {
            let origin = Markup.slack(quote.origin)
            let isLink = quote.url.hasPrefix("http")
            let source = isLink ? "<\(Markup.link(quote.url))|\(origin)>" : origin
            lines.append("> \(quote.label): “\(Markup.slack(quote.sentence).cut(to: 500))” (\(source))")
        }
        let section = Block.section(lines.joined(separator: "\n").cut(to: sectionLimit))
        let story = digest.alert.data.story.map { "story: \($0.title)  ·  " } ?? ""
        let place = "\(story)severity: \(digest.alert.data.severity.rawValue)  ·  \(digest.alert.id)"
        return [section, Block.context(Markup.slack(AlertText.printable(place)).cut(to: 2000))]
    }
}

private struct Body: Encodable {
    let text: String
    let blocks: [Block]
}

private struct Block: Encodable {
    struct Text: Encodable {
        let type: String
        let text: String
    }

    let type: String
    var text: Text?
    var elements: [Text]?

    static func header(_ text: String) -> Block {
        Block(type: "header", text: Text(type: "plain_text", text: text))
    }

    static func section(_ text: String) -> Block {
        Block(type: "section", text: Text(type: "mrkdwn", text: text))
    }

    static func context(_ text: String) -> Block {
        Block(type: "context", elements: [Text(type: "mrkdwn", text: text)])
    }
}
