public import FoundationEssentials
public import TallyModel

/// Discord's webhooks with one embed an alert (<https://discord.com/developers/docs/resources/webhook#execute-webhook>).
///
/// No text of an article can mention anybody.
public struct DiscordFormat: MessageFormat {
    private let url: String

    // <https://discord.com/developers/docs/resources/message#embed-object-embed-limits>
    private static let contentLimit = 2000
    private static let titleLimit = 256
    private static let descriptionLimit = 4096
    private static let embedLimit = 10
    /// All embeds of a message together, in characters.
    private static let totalLimit = 6000

    /// Creates a format for a webhook's URL.
    public init(url: String) {
        self.url = url
    }

    /// Returns the POST of a message.
    public func request(for message: Message, at now: Date) throws -> FetchRequest? {
        let digests = try message.digests()
        let shown = digests.prefix(Self.embedLimit)
        let each = min(Self.descriptionLimit, Self.totalLimit / shown.count - Self.titleLimit)
        let rest = digests.count - shown.count
        let more = rest > 0 ? " (\(rest) more in the log)" : ""
        let body = Body(
            content: (Markup.markdown(message.title(of: digests)) + more).cut(to: Self.contentLimit),
            username: "Tallywatch",
            embeds: shown.map { Embed($0, titleLimit: Self.titleLimit, descriptionLimit: each) }
        )
        return try FetchRequest(postingJSON: body, to: url)
    }

    private struct Body: Encodable {
        struct Mentions: Encodable {
            let parse: [String] = []
        }

        let content: String
        let username: String
        let embeds: [Embed]
        let mentions = Mentions()

        private enum CodingKeys: String, CodingKey {
            case content, username, embeds, mentions = "allowed_mentions"
        }
    }

    private struct Embed: Encodable {
        let title: String
        let description: String
        let url: String?
        let color: Int
        let timestamp: Date

        init(_ digest: AlertDigest, titleLimit: Int, descriptionLimit: Int) {
            title = digest.title.cut(to: titleLimit)
            let quotes = digest.quotes.map { "\($0.label): “\($0.sentence)” (\($0.origin))" }
            let lines = ([digest.reason] + quotes).map(Markup.markdown)
            description = lines.joined(separator: "\n").cut(to: descriptionLimit)
            url = digest.url.map(Markup.link)
            color = SeverityColor.number(digest.alert.data.severity)
            timestamp = digest.alert.timestamp
        }
    }
}
