public import FoundationEssentials
public import TallyModel

/// Mattermost's incoming webhooks with one attachment an alert
/// (<https://developers.mattermost.com/integrate/webhooks/incoming/>).
public struct MattermostFormat: MessageFormat {
    private let url: String

    /// The most characters of a message's text.
    private static let textLimit = 16_383
    /// What is shown of each quote, in characters.
    private static let quoteLimit = 1000

    /// Creates a format for an incoming webhook's URL.
    public init(url: String) {
        self.url = url
    }

    /// Returns the POST of a message.
    public func request(for message: Message, at now: Date) throws -> FetchRequest? {
        let digests = try message.digests()
        let body = Body(
            text: Markup.markdown(message.title(of: digests)).cut(to: Self.textLimit),
            username: "Tallywatch",
            attachments: digests.map(Attachment.init)
        )
        return try FetchRequest(postingJSON: body, to: url)
    }

    private struct Body: Encodable {
        let text: String
        let username: String
        let attachments: [Attachment]
    }

    private struct Attachment: Encodable {
        struct Field: Encodable {
            let short: Bool
            let title: String
            let value: String
        }

        let fallback: String
        let color: String
        let title: String
        let titleLink: String?
        let text: String
        let fields: [Field]

        private enum CodingKeys: String, CodingKey {
            case fallback, color, title, titleLink = "title_link", text, fields
        }

        init(_ digest: AlertDigest) {
            fallback = digest.reason.cut(to: 1000)
            color = SeverityColor.hexadecimal(digest.alert.data.severity)
            title = Markup.markdown(digest.title)
            titleLink = digest.url.map(Markup.link)
            text = Markup.markdown(digest.reason)
            fields = digest.quotes.map { quote in
                let value = Markup.markdown("“\(quote.sentence.cut(to: quoteLimit))” (\(quote.origin))")
                return Field(short: false, title: quote.label, value: value)
            }
        }
    }
}
