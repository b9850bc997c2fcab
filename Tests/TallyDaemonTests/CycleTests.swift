import Delivering
import Extracting
import Foundation
import Storing
import Synchronization
import TallyModel
import TestSupport
import Testing

@testable import TallyDaemon

/// One cycle of one source over a scripted server and a store that can be made to fail.
@Suite(.timeLimit(.minutes(1))) struct CycleTests {
    let clock = ManualClock(Date(timeIntervalSince1970: 1_775_120_400))
    let log = LogRecorder()
    let web = ScriptedWeb()
    let source = Source(name: "wire", url: "http://wire.example/feed.xml")

    @Test("a disk that is full loses nothing: the alert comes once, after there is room again")
    func fullDisk() async throws {
        let store = FailingStore(try SQLiteStore(.memory))
        let cycle = cycle(store, firstPoll: .alert)
        web.publish(
            id: "1",
            text: "Thirty-one passengers were injured when a bus overturned near Ardvale, police said."
        )
        _ = await cycle.run(source)
        web.publish(
            id: "2",
            text: "Police said 26 passengers were injured when the bus overturned near Ardvale."
        )
        store.failNextCommits(1)
        let failed = await cycle.run(source)
        #expect(failed.alerts == 0)
        #expect(log.lines.contains { $0.hasPrefix("error nothing stored") && $0.contains("source=wire") })
        let repeated = await cycle.run(source)
        #expect(repeated.alerts == 1)
        #expect(await cycle.run(source).alerts == 0)
        #expect(try await store.dueDeliveries(to: "log", at: clock.now, limit: 10, busyLanes: []).count == 1)
    }

    @Test("the first poll builds baselines in silence, and later news is held against them")
    func firstPollIsSilent() async throws {
        let store = try SQLiteStore(.memory)
        let cycle = cycle(store, firstPoll: .baseline)
        web.publish(
            id: "1",
            text: "Thirty-one passengers were injured when a bus overturned near Ardvale, police said."
        )
        web.publish(
            id: "2",
            text: "Police said 26 passengers were injured when the bus overturned near Ardvale."
        )
        #expect(await cycle.run(source).alerts == 0)
        let figures = try await store.storedFigures(ofStory: nil, limit: 10)
        #expect(!figures.isEmpty)
        for figure in figures {
            let moves = try await store.moves(ofFigure: figure.id)
            #expect(moves.last?.move.after == .init(figure.baseline), "what is not told is kept all the same")
            #expect(moves.first?.move.reason.contains("first told of") == true)
            #expect(moves.allSatisfy { $0.movedAt == clock.now })
        }
        web.publish(
            id: "3",
            text: "Twelve passengers were injured when the bus overturned near Ardvale, police said."
        )
        #expect(await cycle.run(source).alerts == 1)
    }

    @Test("what is unchanged is neither fetched nor read again")
    func unchanged() async throws {
        let cycle = cycle(try SQLiteStore(.memory), firstPoll: .alert)
        web.publish(id: "1", text: "Nine people died in the fire at the Ardvale mill, police said.")
        #expect(await cycle.run(source).articles == 1)
        #expect(await cycle.run(source).articles == 0)
        #expect(web.paths.filter { $0 == "/1" }.count == 1)
        #expect(web.conditionalPolls == 1)
    }

    @Test("a page is looked at again while it is fresh, and its quiet edit is told")
    func quietEdit() async throws {
        let cycle = cycle(try SQLiteStore(.memory), firstPoll: .alert)
        web.publish(id: "1", text: "Nine people died in the fire at the Ardvale mill, police said.")
        _ = await cycle.run(source)
        web.edit(id: "1", text: "Seven people died in the fire at the Ardvale mill, police said.")
        #expect(await cycle.run(source).articles == 0)
        clock.advance(bySeconds: 700)
        #expect(await cycle.run(source).alerts == 1)
    }

    @Test("a clock that was set back by a day does not let pages wait for a day")
    func clockBack() async throws {
        let cycle = cycle(try SQLiteStore(.memory), firstPoll: .alert)
        web.publish(id: "1", text: "Nine people died in the fire at the Ardvale mill, police said.")
        _ = await cycle.run(source)
        web.edit(id: "1", text: "Seven people died in the fire at the Ardvale mill, police said.")
        clock.advance(bySeconds: -86_400)
        #expect(await cycle.run(source).articles == 0)
        clock.advance(bySeconds: 700)
        #expect(await cycle.run(source).alerts == 1)
        web.edit(id: "1", text: "Six people died in the fire at the Ardvale mill, police said.")
        clock.advance(bySeconds: 4000)
        #expect(await cycle.run(source).alerts == 1)
    }

    @Test("a source is told to fail once and to be well again once")
    func failing() async throws {
        let store = try SQLiteStore(.memory)
        let cycle = cycle(store, firstPoll: .alert)
        web.setStatus(500)
        for _ in 0..<5 { _ = await cycle.run(source) }
        web.setStatus(200)
        for _ in 0..<2 { _ = await cycle.run(source) }
        let types = try await store.dueDeliveries(to: "log", at: clock.now, limit: 10, busyLanes: []).map(
            \.type
        )
        #expect(types == [.sourceFailing, .sourceRecovered])
        #expect(log.lines.count { $0.contains("poll failed") } == 1)
    }

    @Test("an entry whose page is gone is read from the feed's own text, with one line of the log")
    func missingPage() async throws {
        let store = try SQLiteStore(.memory)
        let cycle = cycle(store, firstPoll: .alert)
        web.publish(
            id: "1",
            text: "Nine people died in the fire at the Ardvale mill, police said.",
            hasPage: false
        )
        #expect(await cycle.run(source).claims == 1)
        #expect(
            log.lines.count { $0.hasPrefix("warning article not read") && $0.contains("source=wire") } == 1
        )
        #expect(await cycle.run(source).articles == 0)
    }

    @Test("a page that stays down leaves the feed's text, though the feed has not changed since")
    func pageDown() async throws {
        let cycle = cycle(try SQLiteStore(.memory), firstPoll: .alert)
        web.setPageStatus(503)
        web.publish(id: "1", text: "Nine people died in the fire at the Ardvale mill, police said.")
        #expect(await cycle.run(source).claims == 0)
        var claims = 0
        for _ in 0..<RecheckPolicy.maximumFailures {
            clock.advance(bySeconds: 4000)
            claims += await cycle.run(source).claims
        }
        #expect(claims == 1)
    }

    @Test("another URL is another source: nothing of the old one's state counts")
    func changedURL() async throws {
        let store = try SQLiteStore(.memory)
        let cycle = cycle(store, firstPoll: .alert)
        web.publish(id: "1", text: "Nine people died in the fire at the Ardvale mill, police said.")
        _ = await cycle.run(source)
        _ = await cycle.run(Source(name: "wire", url: "http://mirror.example/feed.xml"))
        #expect(web.conditionalPolls == 0)
    }

    @Test("an entry of a feed of the web that names a local file is never read from there, nor after a crash")
    func localFile() async throws {
        let path = "/tmp/tally-\(UUID().uuidString).txt"
        try "Forty-one people died in the fire at the Ardvale mill, police said."
            .write(toFile: path, atomically: true, encoding: .utf8)
        defer { unlink(path) }
        let store = try SQLiteStore(.memory)
        let web = CannedWeb { _ in
            .text(
                "<rss version=\"2.0\"><channel><item><guid>1</guid><link>file://\(path)</link></item></channel></rss>"
            )
        }
        let cycle = Cycle.testing(store, web: web, log: log, clock: clock)
        #expect(await cycle.run(source).claims == 0)
        // As a crash between the storing and the reading leaves it.
        var record = try #require(try await store.entries(ofSource: "wire", among: ["1"])["1"])
        record.nextCheckAt = clock.now
        try await store.save([record])
        clock.advance(bySeconds: 10)
        #expect(await cycle.run(source, pollsEarly: false).claims == 0)
    }

    @Test("an interval that has been made shorter counts at once, also after a restart")
    func shorterInterval() async throws {
        let cycle = cycle(try SQLiteStore(.memory), firstPoll: .alert)
        _ = await cycle.run(Source(name: "wire", url: "http://wire.example/feed.xml", everySeconds: 36000))
        let hasty = Source(name: "wire", url: "http://wire.example/feed.xml", everySeconds: 60)
        clock.advance(bySeconds: 50)
        _ = await cycle.run(hasty, pollsEarly: false)
        #expect(web.conditionalPolls == 0)
        clock.advance(bySeconds: 20)
        _ = await cycle.run(hasty, pollsEarly: false)
        #expect(web.conditionalPolls == 1)
    }

    private func cycle(_ store: any Store, firstPoll: AlertSettings.FirstPoll) -> Cycle {
        Cycle.testing(store, web: web, firstPoll: firstPoll, log: log, clock: clock)
    }
}

extension Cycle {
    /// A cycle whose alerts go to a sink named `log`.
    static func testing(
        _ store: any Store,
        web: any HTTPClient,
        firstPoll: AlertSettings.FirstPoll = .alert,
        log: LogRecorder,
        clock: ManualClock
    ) -> Cycle {
        Cycle(
            store: store,
            book: SourceBook(store: store, writesBehind: false),
            ledger: Ledger(
                store: store,
                watches: [],
                router: Router(sinkNames: ["log"]),
                clock: { clock.now }
            ),
            poller: Poller(client: web),
            reader: ArticleReader(
                client: web,
                robots: RobotsBook(client: web, clock: { clock.now }),
                claimExtractor: ClaimExtractor()
            ),
            articlesInHand: ArticlesInHand(),
            router: Router(sinkNames: ["log"]),
            firstPoll: firstPoll,
            troubles: Troubles(),
            logger: log.logger,
            clock: { clock.now }
        )
    }
}

/// A feed and its pages, without a network.
final class ScriptedWeb: HTTPClient {
    private struct Item {
        let id: String
        var text: String
        let summary: String
        let hasPage: Bool
    }

    private struct State {
        var items: [Item] = []
        var status = 200
        var pageStatus = 200
        var requests: [FetchRequest] = []
    }

    private let state = Mutex(State())

    var paths: [String] {
        state.withLock { $0.requests.map { "/" + ($0.url.split(separator: "/").last ?? "") } }
    }
    var conditionalPolls: Int { state.withLock { $0.requests.count { $0.validators.entityTag != nil } } }

    func publish(id: String, text: String, hasPage: Bool = true) {
        state.withLock { $0.items.append(Item(id: id, text: text, summary: text, hasPage: hasPage)) }
    }

    func edit(id: String, text: String) {
        state.withLock { state in
            for place in state.items.indices where state.items[place].id == id {
                state.items[place].text = text
            }
        }
    }

    func setStatus(_ status: Int) {
        state.withLock { $0.status = status }
    }

    func setPageStatus(_ status: Int) {
        state.withLock { $0.pageStatus = status }
    }

    func send(_ request: FetchRequest) async throws(FetchError) -> FetchResponse {
        state.withLock { state in
            state.requests.append(request)
            guard request.url.hasSuffix("/feed.xml") else { return page(request.url, state) }
            let tag = "\"\(state.items.count)\""
            guard state.status == 200 else { return FetchResponse(status: state.status, url: request.url) }
            guard request.validators.entityTag != tag else {
                return FetchResponse(status: 304, url: request.url)
            }
            let headers = [HeaderField("ETag", tag), HeaderField("Content-Type", "application/rss+xml")]
            let body = Array(feed(state).utf8)
            return FetchResponse(status: 200, url: request.url, headers: headers, body: body)
        }
    }

    private func page(_ url: String, _ state: State) -> FetchResponse {
        guard state.pageStatus == 200 else { return FetchResponse(status: state.pageStatus, url: url) }
        guard let item = state.items.first(where: { url.hasSuffix("/" + $0.id) }), item.hasPage else {
            return FetchResponse(status: 404, url: url)
        }
        let html = """
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ardvale</title></head><body><article>
            <h1>Ardvale</h1><p>\(item.text)</p></article></body></html>
            """
        let headers = [HeaderField("Content-Type", "text/html")]
        return FetchResponse(status: 200, url: url, headers: headers, body: Array(html.utf8))
    }

    private func feed(_ state: State) -> String {
        let items = state.items.reversed().map { item in
            """
            <item><title>Ardvale</title><link>http://wire.example/\(item.id)</link><guid>\(item.id)</guid>
            <pubDate>Thu, 02 Apr 2026 08:0\(item.id):00 GMT</pubDate><description>\(item.summary)</description></item>
            """
        }
        return "<rss version=\"2.0\"><channel><title>Wire</title>\(items.joined())</channel></rss>"
    }
}
