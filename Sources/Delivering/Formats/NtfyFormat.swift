public import FoundationEssentials
public import TallyModel

/// ntfy's JSON publishing, which goes to the root of the server (<https://docs.ntfy.sh/publish/#publish-as-json>).
public struct NtfyFormat: MessageFormat {
    private let url: String
    private let topic: String
    private let token: String?

    /// A longer message becomes an attachment, in bytes.
    private static let messageLimit = 4096
    /// What is shown of a title, in bytes.
    private static let titleLimit = 250

    /// Creates a format for a topic of a server; the token is an access token of ntfy.
    public init(url: String, topic: String, token: String?) {
        self.url = url
        self.topic = topic
        self.token = token
    }

    /// Returns the POST of a message.
    public func request(for message: Message, at now: Date) throws -> FetchRequest? {
        let digests = try message.digests()
        let severity = message.severity(of: digests)
        let texts = digests.map { digest in
            let quotes = digest.quotes.prefix(2).map { "\($0.label): “\($0.sentence)” (\($0.origin))" }
            let title = digests.count > 1 ? [digest.title] : []
            return (title + [digest.reason] + quotes).joined(separator: "\n")
        }
        let link = digests.compactMap(\.url).first.map(Markup.link)
        let body = Body(
            topic: topic,
            title: message.title(of: digests).cut(toBytes: Self.titleLimit),
            message: texts.joined(separator: "\n\n").cut(toBytes: Self.messageLimit),
            priority: severity == .critical ? 5 : severity == .warning ? 4 : 3,
            tags: [
                severity == .critical
                    ? "rotating_light" : severity == .warning ? "warning" : "information_source"
            ],
            click: link,
            actions: link.map { [Body.Action(label: "Open the article", url: $0)] }
        )
        let authorization = token.map { [HeaderField("Authorization", "Bearer \($0)")] } ?? []
        return try FetchRequest(
            postingJSON: body,
            to: url,
            headers: authorization
        )
    }

    private struct Body: Encodable {
        struct Action: Encodable {
            let action = "view"
            let label: String
            let url: String
        }

        let topic: String
        let title: String
        let message: String
        let priority: Int
        let tags: [String]
        let click: String?
        let actions: [Action]?
    }
}
