import Foundation
import Storing
import TallyModel
import TestSupport
import Testing

@testable import TallyDaemon

/// A source that is an index of sitemaps.
@Suite("Indexes of sitemaps", .timeLimit(.minutes(1)))
struct SitemapIndexTests {
    let clock = ManualClock(Date(timeIntervalSince1970: 1_775_120_400))
    let log = LogRecorder()
    let source = Source(name: "wire", url: "http://wire.example/sitemap.xml", everySeconds: 600)

    static func index(_ sitemaps: [(name: String, lastmod: String?)]) -> FetchResponse {
        let parts = sitemaps.map { sitemap in
            "<sitemap><loc>http://wire.example\(sitemap.name)</loc>"
                + (sitemap.lastmod.map { "<lastmod>\($0)</lastmod>" } ?? "") + "</sitemap>"
        }
        return answer("<sitemapindex>\(parts.joined())</sitemapindex>", ["ETag": "\"index\""])
    }

    static func sitemap(_ pages: String...) -> FetchResponse {
        let parts = pages.map { "<url><loc>http://wire.example/\($0)</loc></url>" }
        return answer("<urlset>\(parts.joined())</urlset>")
    }

    static func answer(_ text: String, _ headers: [String: String] = [:]) -> FetchResponse {
        var answer = FetchResponse.text(text, type: "application/xml", headers)
        answer.url = "http://wire.example/sitemap.xml"
        return answer
    }

    func cycle(_ web: CannedWeb) throws -> Cycle {
        Cycle.testing(try SQLiteStore(.memory), web: web, log: log, clock: clock)
    }

    /// What was asked for of the host's sitemaps.
    func sitemaps(_ web: CannedWeb) -> [String] { web.paths.filter { $0.hasSuffix(".xml") } }

    @Test("the newest sitemaps are read, so many and no more, and what they name is read once")
    func newest() async throws {
        let web = CannedWeb { request in
            if request.url.hasSuffix("/sitemap.xml") {
                return Self.index((1...9).map { ("/\($0).xml", "2026-03-0\($0)") })
            }
            guard request.url.hasSuffix(".xml") else { return CannedFeed.page(PolitePollTests.page) }
            return Self.sitemap("story", "story-\(request.url.suffix(5).prefix(1))")
        }
        let report = try await cycle(web).run(source)
        #expect(sitemaps(web) == ["/sitemap.xml", "/9.xml", "/8.xml", "/7.xml", "/6.xml"])
        #expect(report.newEntries == 5)
    }

    @Test("a sitemap that has not changed since is not asked for again, one that has is")
    func changed() async throws {
        let web = CannedWeb { request in
            request.url.hasSuffix("/sitemap.xml")
                ? Self.index([("/old.xml", "2026-03-01"), ("/new.xml", "2026-03-02")])
                : request.url.hasSuffix(".xml") ? Self.sitemap("a") : CannedFeed.page(PolitePollTests.page)
        }
        let cycle = try cycle(web)
        _ = await cycle.run(source)
        web.become { request in
            request.url.hasSuffix("/sitemap.xml")
                ? Self.index([("/old.xml", "2026-03-01"), ("/new.xml", "2026-04-02T09:30:00Z")])
                : request.url.hasSuffix(".xml") ? Self.sitemap("b") : CannedFeed.page(PolitePollTests.page)
        }
        clock.advance(bySeconds: 3600)
        #expect(await cycle.run(source).newEntries == 1)
        #expect(sitemaps(web).suffix(2) == ["/sitemap.xml", "/new.xml"])
    }

    @Test("an index without times is followed at each poll, for it does not say what has changed")
    func undated() async throws {
        let web = CannedWeb { request in
            guard request.validators.entityTag == nil else { return .status(304) }
            return request.url.hasSuffix("/sitemap.xml")
                ? Self.index([("/news.xml", nil)])
                : request.url.hasSuffix(".xml") ? Self.sitemap("a") : CannedFeed.page(PolitePollTests.page)
        }
        let cycle = try cycle(web)
        for _ in 0..<2 { _ = await cycle.run(source) }
        #expect(sitemaps(web) == ["/sitemap.xml", "/news.xml", "/sitemap.xml", "/news.xml"])
    }

    @Test("a sitemap of another host, and an index within an index, are not followed")
    func foreign() async throws {
        let web = CannedWeb { request in
            request.url.hasSuffix("/nested.xml")
                ? Self.index([("/deeper.xml", "2026-04-01")])
                : Self.answer(
                    """
                    <sitemapindex><sitemap><loc>http://other.example/a.xml</loc></sitemap>\
                    <sitemap><loc>http://wire.example/nested.xml</loc><lastmod>2026-04-01</lastmod></sitemap>\
                    </sitemapindex>
                    """
                )
        }
        _ = try await cycle(web).run(source)
        #expect(sitemaps(web) == ["/sitemap.xml", "/nested.xml"])
    }

    @Test("a sitemap that is missing fails the source where it is the only one, and is asked for again")
    func missing() async throws {
        let web = CannedWeb { request in
            guard request.validators.entityTag == nil else { return .status(304) }
            return request.url.hasSuffix("/sitemap.xml")
                ? Self.index([("/a.xml", "2026-04-01"), ("/b.xml", "2026-04-01")])
                : request.url.hasSuffix("/a.xml")
                    ? Self.sitemap("a")
                    : request.url.hasSuffix(".xml") ? .status(404) : CannedFeed.page(PolitePollTests.page)
        }
        let store = try SQLiteStore(.memory)
        let cycle = Cycle.testing(store, web: web, log: log, clock: clock)
        for _ in 0..<2 { _ = await cycle.run(source) }
        #expect(sitemaps(web).count { $0 == "/b.xml" } == 2)
        #expect(try await store.state(of: source)?.failureCount == 0)
        web.become { request in
            request.url.hasSuffix("/sitemap.xml") ? Self.index([("/b.xml", "2026-04-01")]) : .status(404)
        }
        _ = await cycle.run(source)
        #expect(try await store.state(of: source)?.lastError == "http_404")
    }
}
