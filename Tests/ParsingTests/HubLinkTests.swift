import Parsing
import TallyModel
import Testing

@Suite("Hubs of feeds") struct HubLinkTests {
    struct Sample: CustomTestStringConvertible, Sendable {
        let shows: String
        let feed: String
        let links: HubLinks
        var testDescription: String { shows }
    }

    static let atom = "xmlns=\"http://www.w3.org/2005/Atom\""
    static let hub = "https://hub.example/"
    static let own = "https://wire.example/feed"

    static let samples = [
        Sample(
            shows: "Atom",
            feed:
                "<feed \(atom)><link rel=\"self\" href=\"\(own)\"/><link rel=\"hub\" href=\"\(hub)\"/></feed>",
            links: HubLinks(hubs: [hub], topic: own)
        ),
        Sample(
            shows: "RSS with Atom's links, relative and two of them",
            feed: """
                <rss version="2.0" xmlns:atom10="http://www.w3.org/2005/Atom"><channel><title>t</title>
                <atom10:link rel="hub" href="/hub"/><atom10:link rel="HUB" href="\(hub)"/>
                <atom10:link rel="self" href="feed"/><item><title>i</title></item></channel></rss>
                """,
            links: HubLinks(hubs: ["https://wire.example/hub", hub], topic: own)
        ),
        Sample(
            shows: "JSON Feed, with a hub of another kind",
            feed: """
                {"version": "https://jsonfeed.org/version/1.1", "title": "t", "feed_url": "\(own)", "items": [],
                 "hubs": [{"type": "rssCloud", "url": "https://cloud.example/"}, {"type": "WebSub", "url": "\(hub)"}]}
                """,
            links: HubLinks(hubs: [hub], topic: own)
        ),
        Sample(
            shows: "an entry's links are not the feed's",
            feed: "<feed \(atom)><entry><id>1</id><link rel=\"hub\" href=\"\(hub)\"/></entry></feed>",
            links: HubLinks()
        ),
        Sample(
            shows: "none",
            feed:
                "<rss version=\"2.0\"><channel><title>t</title><link>https://wire.example/</link></channel></rss>",
            links: HubLinks()
        ),
    ]

    @Test("the hubs and the own URL of a feed are read", arguments: samples)
    func reads(_ sample: Sample) throws {
        let feed = try FeedParser().feed(from: Array(sample.feed.utf8), contentType: nil, url: Self.own)
        #expect(feed.hubLinks == sample.links)
    }

    struct Field: CustomTestStringConvertible, Sendable {
        let shows: String
        let values: [String]
        let links: HubLinks?
        var testDescription: String { shows }
    }

    static let fields = [
        Field(
            shows: "two fields",
            values: ["<\(hub)>; rel=\"hub\"", "<\(own)>; rel=\"self\""],
            links: HubLinks(hubs: [hub], topic: own)
        ),
        Field(
            shows: "one field, no quotes, other parameters and a comma within quotes",
            values: ["<\(hub)>;title=\"a, <b>; \\\"c\\\"\" ; rel=hub, <\(own)>;rel=self"],
            links: HubLinks(hubs: [hub], topic: own)
        ),
        Field(
            shows: "several relations",
            values: ["</>; rel=\"alternate HUB\""],
            links: HubLinks(hubs: ["https://wire.example/"])
        ),
        Field(shows: "the first rel counts", values: ["<\(hub)>; rel=next; rel=hub"], links: nil),
        Field(shows: "no hub", values: ["<\(own)>; rel=self"], links: nil),
        Field(shows: "broken", values: ["<\(hub)", "rel=hub", "<>;", ";;<\(hub)>;rel"], links: nil),
    ]

    @Test("the hubs and the own URL of an answer's Link fields are read", arguments: fields)
    func reads(_ field: Field) {
        #expect(LinkField.hubLinks(in: field.values, url: Self.own) == field.links)
    }
}
