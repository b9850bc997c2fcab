public import FoundationEssentials
public import TallyModel

/// An Adaptive Card for a workflow of Microsoft Teams ("When a Teams webhook request is received",
/// <https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using>).
public struct TeamsFormat: MessageFormat {
    private let url: String

    /// Alerts of a message: a card may have 28 KB.
    private static let alertLimit = 6
    /// What is shown of each text, in characters.
    private static let textLimit = 700

    /// Creates a format for a workflow's URL.
    public init(url: String) {
        self.url = url
    }

    /// Returns the POST of a message.
    public func request(for message: Message, at now: Date) throws -> FetchRequest? {
        let digests = try message.digests()
        let title = TextBlock(
            Markup.markdown(message.title(of: digests)).cut(to: Self.textLimit),
            isHeading: true
        )
        let rest = digests.count - Self.alertLimit
        let more = rest > 0 ? [TextBlock("\(rest) more are in the log.")] : []
        let blocks = digests.prefix(Self.alertLimit).flatMap {
            Self.blocks(of: $0, isAlone: digests.count == 1)
        }
        let links = digests.prefix(Self.alertLimit).compactMap { digest in
            digest.url.map { OpenURL(title: "Read the article", url: Markup.link($0)) }
        }
        let card = Card(body: [title] + blocks + more, actions: links)
        return try FetchRequest(postingJSON: Body(card: card), to: url)
    }

    private static func blocks(of digest: AlertDigest, isAlone: Bool) -> [TextBlock] {
        let quotes = digest.quotes.map { "\($0.label): “\($0.sentence)” (\($0.origin))" }
        let texts = (isAlone ? [] : [digest.title]) + [digest.reason] + quotes
        return texts.map { TextBlock(Markup.markdown($0.cut(to: textLimit))) }
    }

    private struct Body: Encodable {
        let type = "message"
        let attachments: [Attachment]

        init(card: Card) {
            attachments = [Attachment(content: card)]
        }
    }

    private struct Attachment: Encodable {
        let contentType = "application/vnd.microsoft.card.adaptive"
        let content: Card

        private enum CodingKeys: String, CodingKey {
            case contentType, contentUrl, content
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(contentType, forKey: .contentType)
            try container.encodeNil(forKey: .contentUrl)
            try container.encode(content, forKey: .content)
        }
    }

    private struct Card: Encodable {
        struct Width: Encodable {
            let width = "Full"
        }

        let schema = "http://adaptivecards.io/schemas/adaptive-card.json"
        let type = "AdaptiveCard"
        let version = "1.2"
        let body: [TextBlock]
        let actions: [OpenURL]
        let msteams = Width()

        private enum CodingKeys: String, CodingKey {
            case schema = "$schema", type, version, body, actions, msteams
        }
    }

    private struct TextBlock: Encodable {
        let type = "TextBlock"
        let text: String
        let wrap = true
        var weight: String?
        var size: String?

        init(_ text: String, isHeading: Bool = false) {
            self.text = text
            weight = isHeading ? "Bolder" : nil
            size = isHeading ? "Medium" : nil
        }
    }

    private struct OpenURL: Encodable {
        let type = "Action.OpenUrl"
        let title: String
        let url: String
    }
}
