import Foundation
import Storing
import TallyModel
import TestSupport
import Testing

@testable import TallyDaemon

/// What a source's server says of when and where it is to be asked, and what becomes of it.
@Suite("Polite polls", .timeLimit(.minutes(1)))
struct PolitePollTests {
    let clock = ManualClock(Date(timeIntervalSince1970: 1_775_120_400))
    let log = LogRecorder()
    let source = Source(name: "wire", url: "http://wire.example/feed.xml", everySeconds: 600)

    static let page = "Nine people died in the fire at the Ardvale mill, police said."

    func store() throws -> SQLiteStore { try SQLiteStore(.memory) }

    func state(_ store: SQLiteStore, of source: Source? = nil) async throws -> SourceState {
        try #require(try await store.state(of: source ?? self.source))
    }

    func alerts(_ store: SQLiteStore) async throws -> [Alert.Kind] {
        let time = clock.now.addingTimeInterval(1e7)
        return try await store.dueDeliveries(to: "log", at: time, limit: 100, busyLanes: []).map(\.type)
    }

    struct Wish: CustomTestStringConvertible, Sendable {
        let shows: String
        var status = 200
        var headers: [String: String] = [:]
        var channel = ""
        /// The least and the longest wait that follows, in seconds.
        let waits: ClosedRange<Double>
        var testDescription: String { shows }
    }

    static let wishes = [
        Wish(shows: "no wish", waits: 540...660),
        Wish(shows: "max-age", headers: ["Cache-Control": "public, max-age=7200"], waits: 7200...7920),
        Wish(
            shows: "max-age less the age",
            headers: ["Cache-Control": "max-age=7200", "Age": "3600"],
            waits: 3600...3960
        ),
        Wish(
            shows: "max-age beyond the bound",
            headers: ["Cache-Control": "max-age=99999999"],
            waits: 43200...47520
        ),
        Wish(
            shows: "no-cache beside a max-age",
            headers: ["Cache-Control": "no-cache, max-age=7200"],
            waits: 540...660
        ),
        Wish(
            shows: "Expires",
            headers: ["Date": "Thu, 02 Apr 2026 09:00:00 GMT", "Expires": "Thu, 02 Apr 2026 11:00:00 GMT"],
            waits: 7200...7920
        ),
        Wish(shows: "Expires that is no date", headers: ["Expires": "0"], waits: 540...660),
        Wish(shows: "ttl", channel: "<ttl>120</ttl>", waits: 7200...7920),
        Wish(shows: "ttl that is no number", channel: "<ttl>soon</ttl>", waits: 540...660),
        Wish(
            shows: "an update period",
            channel: """
                <sy:updatePeriod xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">hourly</sy:updatePeriod>\
                <sy:updateFrequency>2</sy:updateFrequency>
                """,
            waits: 1800...1980
        ),
        Wish(
            shows: "hours to skip",
            channel: "<skipHours><hour>9</hour><hour>10</hour></skipHours>",
            waits: 7200...7200
        ),
        Wish(
            shows: "days to skip",
            channel: "<skipDays><day>Thursday</day></skipDays>",
            waits: 43200...43200
        ),
        Wish(shows: "429 and seconds", status: 429, headers: ["Retry-After": "7200"], waits: 7200...7920),
        Wish(
            shows: "429 and a date",
            status: 429,
            headers: ["Retry-After": "Thu, 02 Apr 2026 11:00:00 GMT"],
            waits: 7200...7920
        ),
        Wish(
            shows: "503 and a date of the old form",
            status: 503,
            headers: ["Retry-After": "Thursday, 02-Apr-26 11:00:00 GMT"],
            waits: 7200...7920
        ),
        Wish(shows: "429 and nothing", status: 429, waits: 540...660),
        Wish(shows: "429 and nonsense", status: 429, headers: ["Retry-After": "later"], waits: 540...660),
        Wish(
            shows: "429 and a year",
            status: 429,
            headers: ["Retry-After": "31536000"],
            waits: 86400...95040
        ),
        Wish(
            shows: "500 and a Retry-After that is not its own",
            status: 500,
            headers: ["Retry-After": "7200"],
            waits: 540...660
        ),
    ]

    @Test("a wish is kept within its bounds", arguments: wishes)
    func wish(_ sample: Wish) async throws {
        let store = try store()
        let feed = CannedFeed.rss([], more: sample.channel)
        let web = CannedWeb { _ in
            sample.status == 200 ? .text(feed, sample.headers) : .status(sample.status, sample.headers)
        }
        _ = await Cycle.testing(store, web: web, log: log, clock: clock).run(source)
        let wait = try await state(store).nextPollAt.timeIntervalSince(clock.now)
        #expect(sample.waits.lowerBound - 0.01 <= wait && wait <= sample.waits.upperBound + 0.01)
    }

    @Test("the feed's own wish outlives a 304, which does not repeat it")
    func wishAfter304() async throws {
        let store = try store()
        let feed = CannedFeed.rss([], more: "<ttl>120</ttl>")
        let web = CannedWeb { request in
            request.validators.entityTag == nil ? .text(feed, ["ETag": "\"1\""]) : .status(304)
        }
        let cycle = Cycle.testing(store, web: web, log: log, clock: clock)
        for _ in 0..<2 { _ = await cycle.run(source) }
        #expect(try await state(store).nextPollAt.timeIntervalSince(clock.now) >= 7200)
        #expect(try await state(store).savedBytes == feed.utf8.count)
        #expect(try await state(store).unchangedCount == 1)
    }

    @Test(
        "validators are kept byte for byte, renewed by a 304 that brings new ones, and kept by one that brings none"
    )
    func validators() async throws {
        let store = try store()
        let tags = [#"W/"a; b, c""#, #""second""#]
        let web = CannedWeb { request in
            switch request.validators.entityTag {
            case nil:
                .text(
                    CannedFeed.rss([]),
                    ["ETag": tags[0], "Last-Modified": "Tue, 01 Jul 2025 10:00:00 +0000"]
                )
            case tags[0]: .status(304, ["ETag": tags[1]])
            default: .status(304)
            }
        }
        let cycle = Cycle.testing(store, web: web, log: log, clock: clock)
        for _ in 0..<4 { _ = await cycle.run(source) }
        #expect(web.requests.map(\.validators.entityTag) == [nil, tags[0], tags[1], tags[1]])
        #expect(web.requests[3].validators.lastModified == "Tue, 01 Jul 2025 10:00:00 +0000")
    }

    struct Bad: CustomTestStringConvertible, Sendable {
        let shows: String
        let answer: FetchResponse
        let label: String?
        var testDescription: String { shows }
    }

    static let bad = [
        Bad(shows: "an empty body", answer: .text("", ["ETag": "\"bad\""]), label: "empty"),
        Bad(
            shows: "a wall before the site",
            answer: .text(
                "<!doctype html><title>Just a moment</title>",
                type: "text/html",
                ["ETag": "\"bad\""]
            ),
            label: "not_a_feed"
        ),
        Bad(
            shows: "a challenge for browsers",
            answer: .text(
                "<!doctype html>",
                type: "text/html",
                ["cf-mitigated": "challenge", "ETag": "\"bad\""]
            ),
            label: "blocked"
        ),
        Bad(
            shows: "a feed that ends in the middle",
            answer: .text("<rss><channel><item><title>Ardv", ["ETag": "\"bad\""]),
            label: nil
        ),
        Bad(shows: "plain text", answer: .text("Database error", ["ETag": "\"bad\""]), label: "not_a_feed"),
        Bad(shows: "an error with a tag", answer: .status(500, ["ETag": "\"bad\""]), label: "http_500"),
    ]

    @Test("the validator of a bad answer is not kept: what comes after it would be missed", arguments: bad)
    func badAnswers(_ sample: Bad) async throws {
        let store = try store()
        let web = CannedWeb { _ in .text(CannedFeed.rss([]), ["ETag": "\"good\""]) }
        let cycle = Cycle.testing(store, web: web, log: log, clock: clock)
        _ = await cycle.run(source)
        web.become { _ in sample.answer }
        _ = await cycle.run(source)
        _ = await cycle.run(source)
        #expect(try await state(store).lastError == sample.label)
        #expect(web.requests[2].validators.entityTag == "\"good\"")
        #expect(try await store.storedFigures(ofStory: nil, limit: 1).isEmpty)
    }

    @Test("a server that says for ever that nothing changed is asked without validators once a week")
    func eternal304() async throws {
        let store = try store()
        let web = CannedWeb { request in
            request.validators.entityTag == nil ? .text(CannedFeed.rss([]), ["ETag": "\"1\""]) : .status(304)
        }
        let cycle = Cycle.testing(store, web: web, log: log, clock: clock)
        for _ in 0..<10 {
            _ = await cycle.run(source)
            clock.advance(bySeconds: 86400)
        }
        #expect(web.requests.count { $0.validators.entityTag == nil } == 2)
    }

    @Test(
        "an answer that says nothing is a failure: a 304 that nobody asked for, a redirect that leads nowhere",
        arguments: [304, 301, 308]
    )
    func emptyAnswer(status: Int) async throws {
        let store = try store()
        let web = CannedWeb { _ in .status(status) }
        let cycle = Cycle.testing(store, web: web, log: log, clock: clock)
        _ = await cycle.run(source)
        #expect(try await state(store).lastError == "http_\(status)")
    }

    @Test("an answer that is the same byte for byte is not read again, though its server gives no validators")
    func sameBody() async throws {
        let store = try store()
        let web = CannedWeb { request in
            request.url.hasSuffix(".xml") ? .text(CannedFeed.rss(["1"])) : CannedFeed.page(Self.page)
        }
        let cycle = Cycle.testing(store, web: web, log: log, clock: clock)
        for _ in 0..<3 { _ = await cycle.run(source) }
        #expect(web.paths.count { $0 == "/1" } == 1)
    }
}

// MARK: - Sources that move, end and fail

extension PolitePollTests {
    @Test(
        "a permanent redirect is followed three times, then the new URL is asked",
        arguments: [301, 308, 302, 307]
    )
    func moves(_ status: Int) async throws {
        let store = try store()
        let isPermanent = status == 301 || status == 308
        let web = CannedWeb { request in
            var response = FetchResponse.text(CannedFeed.rss([]))
            response.url = "http://new.example/feed.xml"
            if request.url != response.url {
                response.redirects = [Redirect(status: status, url: response.url)]
            }
            return response
        }
        let cycle = Cycle.testing(store, web: web, log: log, clock: clock)
        for _ in 0..<4 { _ = await cycle.run(source) }
        let old = source.url
        #expect(web.requests.map(\.url).prefix(3) == [old, old, old])
        #expect(web.requests[3].url == (isPermanent ? "http://new.example/feed.xml" : old))
        #expect(log.lines.count { $0.contains("source has moved") } == (isPermanent ? 1 : 0))
    }

    @Test("a move that ends in nothing leads back to the URL that was given")
    func moveThatFails() async throws {
        let store = try store()
        let web = CannedWeb { request in
            var response = FetchResponse.text(CannedFeed.rss([]))
            response.url = "http://new.example/feed.xml"
            if request.url != response.url { response.redirects = [Redirect(status: 301, url: response.url)] }
            return response
        }
        let cycle = Cycle.testing(store, web: web, log: log, clock: clock)
        for _ in 0..<4 { _ = await cycle.run(source) }
        web.become { $0.url.contains("new.example") ? .status(404) : .text(CannedFeed.rss([])) }
        for _ in 0..<2 { _ = await cycle.run(source) }
        #expect(web.requests.last?.url == source.url)
        #expect(try await state(store).failureCount == 0)
    }

    @Test("a source that is gone is told at once and once, and asked once a week until it is back")
    func gone() async throws {
        let store = try store()
        let web = CannedWeb { _ in .status(410) }
        let cycle = Cycle.testing(store, web: web, log: log, clock: clock)
        for _ in 0..<4 {
            _ = await cycle.run(source)
            #expect(try await state(store).nextPollAt.timeIntervalSince(clock.now) >= 604_800)
        }
        #expect(try await alerts(store) == [.sourceFailing])
        web.become { _ in .text(CannedFeed.rss([])) }
        _ = await cycle.run(source)
        #expect(try await alerts(store) == [.sourceFailing, .sourceRecovered])
    }

    @Test("failures are told once after the third and back off, and the end of them is told once")
    func backOff() async throws {
        let store = try store()
        let web = CannedWeb { _ throws(FetchError) in throw FetchError.nameNotResolved }
        let cycle = Cycle.testing(store, web: web, log: log, clock: clock)
        var waits: [Double] = []
        for _ in 0..<6 {
            _ = await cycle.run(source)
            waits.append(try await state(store).nextPollAt.timeIntervalSince(clock.now))
        }
        for (wait, seconds) in zip(waits, [600.0, 1200, 2400, 4800, 9600, 19200]) {
            #expect(abs(wait - seconds) <= seconds / 10 + 0.01)
        }
        #expect(try await alerts(store) == [.sourceFailing])
        web.become { _ in .text(CannedFeed.rss([])) }
        for _ in 0..<2 { _ = await cycle.run(source) }
        #expect(try await alerts(store) == [.sourceFailing, .sourceRecovered])
    }
}

// MARK: - Pages

extension PolitePollTests {
    @Test("robots.txt is asked once and obeyed for pages, and never asked for the feed")
    func robots() async throws {
        let store = try store()
        let web = CannedWeb { request in
            switch request.url {
            case "http://wire.example/robots.txt":
                .text("User-agent: *\nDisallow: /2\n", type: "text/plain")
            case let url where url.hasSuffix(".xml"): .text(CannedFeed.rss(["1", "2", "3"]))
            default: CannedFeed.page(Self.page)
            }
        }
        _ = await Cycle.testing(store, web: web, log: log, clock: clock).run(source)
        #expect(web.paths.sorted() == ["/1", "/3", "/feed.xml", "/robots.txt"])
        #expect(log.lines.contains { $0.contains("article not read") && $0.contains("robots.txt") })
    }

    @Test("a source may say that robots.txt is not for it")
    func robotsIgnored() async throws {
        var source = source
        source.manners.obeysRobots = false
        let web = CannedWeb { request in
            request.url.hasSuffix(".xml") ? .text(CannedFeed.rss(["1"])) : CannedFeed.page(Self.page)
        }
        _ = await Cycle.testing(try store(), web: web, log: log, clock: clock).run(source)
        #expect(web.paths == ["/feed.xml", "/1"])
    }

    @Test("pages wait while robots.txt cannot be read, and are read when there is none")
    func robotsDown() async throws {
        let web = CannedWeb { request in
            switch request.url {
            case let url where url.hasSuffix("robots.txt"): .status(503)
            case let url where url.hasSuffix(".xml"): .text(CannedFeed.rss(["1"]))
            default: CannedFeed.page(Self.page)
            }
        }
        let cycle = Cycle.testing(try store(), web: web, log: log, clock: clock)
        _ = await cycle.run(source)
        #expect(!web.paths.contains("/1"))
        web.become {
            $0.url.hasSuffix(".xml")
                ? .text(CannedFeed.rss(["1"]))
                : $0.url.hasSuffix("/1") ? CannedFeed.page(Self.page) : .status(404)
        }
        clock.advance(bySeconds: 400)
        #expect(await cycle.run(source).articles == 1)
    }

    @Test("secrets of a source go to its own origin: to its feed and pages there, not to pages elsewhere")
    func secrets() async throws {
        var source = source
        source.manners.privateHeaders = [HeaderField("Authorization", "Bearer s3cret")]
        let feed = CannedFeed.rss(["1"]).replacing(
            "</channel>",
            with: "<item><link>http://else.example/2</link></item></channel>"
        )
        let web = CannedWeb { request in
            switch request.url {
            case let url where url.hasSuffix("robots.txt"): .status(404)
            case let url where url.hasSuffix(".xml"): .text(feed)
            default: CannedFeed.page(Self.page)
            }
        }
        _ = await Cycle.testing(try store(), web: web, log: log, clock: clock).run(source)
        let told = web.requests.filter { !$0.privateHeaders.isEmpty }.map(\.url).sorted()
        #expect(told == ["http://wire.example/1", "http://wire.example/feed.xml"])
        #expect(!log.lines.contains { $0.contains("s3cret") })
    }

    @Test("an article that two feeds lead to is read once, whatever tracks the way to it")
    func readOnce() async throws {
        let store = try store()
        let web = CannedWeb { request in
            switch request.url {
            case let url where url.hasSuffix("robots.txt"): .status(404)
            case let url where url.contains("one.xml"): .text(CannedFeed.rss(["1?utm_source=one"]))
            case let url where url.contains("two.xml"): .text(CannedFeed.rss(["1?utm_source=two"]))
            default: CannedFeed.page(Self.page)
            }
        }
        let cycle = Cycle.testing(store, web: web, log: log, clock: clock)
        #expect(await cycle.run(Source(name: "one", url: "http://wire.example/one.xml")).articles == 1)
        #expect(await cycle.run(Source(name: "two", url: "http://wire.example/two.xml")).articles == 0)
        #expect(web.paths.count { $0 == "/1" } == 1)
        let stored = try await store.storedSources()
        #expect(stored.map(\.articleCount) == [1, 1])
    }

    @Test("an entry that is newer than the reading of its page has it read again, under whatever identifier")
    func newEntryOfKnownPage() async throws {
        let web = CannedWeb { request in
            request.url.hasSuffix(".xml") ? .text(CannedFeed.rss(["1"])) : CannedFeed.page(Self.page)
        }
        let cycle = Cycle.testing(try store(), web: web, log: log, clock: clock)
        _ = await cycle.run(source)
        clock.advance(bySeconds: 7200)
        let item = CannedFeed.rss(["1"], date: "Thu, 02 Apr 2026 10:30:00 GMT").replacing(
            "<guid>1</guid>",
            with: "<guid>1b</guid>"
        )
        web.become {
            $0.url.hasSuffix(".xml")
                ? .text(item) : CannedFeed.page("Eleven people died in the fire at the Ardvale mill.")
        }
        #expect(await cycle.run(source).articles == 1)
    }

    @Test("a page with figures is looked at again by the source's own ages, one without is not")
    func rechecks() async throws {
        var source = source
        source.recheckAges = [1200, 3600]
        let web = CannedWeb { request in
            switch request.url {
            case let url where url.hasSuffix(".xml"): .text(CannedFeed.rss(["1", "2"]), ["ETag": "\"1\""])
            case let url where url.hasSuffix("/1"): CannedFeed.page(Self.page)
            case let url where url.hasSuffix("/2"):
                CannedFeed.page("The mayor thanked everybody who had come to help.")
            default: .status(404)
            }
        }
        let cycle = Cycle.testing(try store(), web: web, log: log, clock: clock)
        var due: [Double] = []
        for _ in 0..<12 {
            let report = await cycle.run(source, pollsEarly: false)
            due.append(report.nextPollAt.timeIntervalSince(clock.now))
            clock.advance(bySeconds: 600)
        }
        #expect(due.allSatisfy { $0 <= 2640 })
        #expect(web.paths.count { $0 == "/1" } == 3)
        #expect(web.paths.count { $0 == "/2" } == 1)
    }

    @Test("a page is looked at again when it is due, though its feed asks for patience")
    func recheckBetweenPolls() async throws {
        let web = CannedWeb { request in
            switch request.url {
            case let url where url.hasSuffix(".xml"):
                .text(CannedFeed.rss(["1"]), ["Cache-Control": "max-age=40000"])
            case let url where url.hasSuffix("/1"): CannedFeed.page(Self.page)
            default: .status(404)
            }
        }
        let cycle = Cycle.testing(try store(), web: web, log: log, clock: clock)
        let first = await cycle.run(source, pollsEarly: false)
        #expect(first.nextPollAt == clock.now.addingTimeInterval(600))
        clock.advance(bySeconds: 601)
        _ = await cycle.run(source, pollsEarly: false)
        #expect(web.paths.count { $0 == "/feed.xml" } == 1)
        #expect(web.paths.count { $0 == "/1" } == 2)
    }

    @Test("the wait that a page's server asks for is kept")
    func pageRetryAfter() async throws {
        let web = CannedWeb { request in
            switch request.url {
            case let url where url.hasSuffix(".xml"): .text(CannedFeed.rss(["1"]))
            case let url where url.hasSuffix("/1"): .status(429, ["Retry-After": "3000"])
            default: .status(404)
            }
        }
        let store = try store()
        let cycle = Cycle.testing(store, web: web, log: log, clock: clock)
        _ = await cycle.run(source)
        #expect(try await store.nextCheck(ofSource: "wire") == clock.now.addingTimeInterval(3000))
    }
}

// MARK: - Discovery

extension PolitePollTests {
    static let front = """
        <!doctype html><html><head><title>Wire</title>
        <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments.xml">
        <link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body><p>Welcome</p></body></html>
        """

    @Test("a site's front page leads to the feed that it names, which is asked from then on")
    func discovery() async throws {
        let store = try store()
        let site = Source(name: "wire", url: "http://wire.example/")
        let web = CannedWeb { request in
            switch request.url {
            case let url where url.hasSuffix("/feed.xml"): .text(CannedFeed.rss(["1"]))
            case let url where url.hasSuffix("/1"): CannedFeed.page(Self.page)
            case site.url:
                FetchResponse(
                    status: 200,
                    url: site.url,
                    headers: [HeaderField("Content-Type", "text/html")],
                    body: Array(Self.front.utf8)
                )
            default: .status(404)
            }
        }
        let cycle = Cycle.testing(store, web: web, log: log, clock: clock)
        #expect(await cycle.run(site).articles == 1)
        _ = await cycle.run(site)
        #expect(web.paths.filter { $0 != "/robots.txt" } == ["/", "/feed.xml", "/1", "/feed.xml"])
        #expect(try await state(store, of: site).feedURL == "http://wire.example/feed.xml")
    }

    @Test("a page that is no front page stays a page, though it names a feed")
    func articlePage() async throws {
        let store = try store()
        let source = Source(name: "wire", url: "http://wire.example/a/1.html")
        let web = CannedWeb { _ in .text(Self.front, type: "text/html") }
        _ = await Cycle.testing(store, web: web, log: log, clock: clock).run(source)
        #expect(web.paths == ["/a/1.html"])
    }
}
