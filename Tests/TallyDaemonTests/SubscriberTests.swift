import Crypto
import Foundation
import Storing
import Synchronization
import TallyModel
import TestSupport
import Testing

@testable import TallyDaemon

/// What the daemon asks of hubs, and what it takes from them, without a network.
@Suite("Subscriptions", .timeLimit(.minutes(1)))
struct SubscriberTests {
    let clock = ManualClock(Date(timeIntervalSince1970: 1_775_120_400))
    let log = LogRecorder()
    let source = Source(name: "wire", url: "http://wire.example/feed.xml", everySeconds: 600)
    let web = CannedWeb(Self.site(["1"]))
    /// The sources whose cycles were hastened, in order.
    let hastened = Hastened()

    final class Hastened: Sendable {
        private let kept = Mutex<[String]>([])
        var names: [String] { kept.withLock { $0 } }
        func add(_ name: String) { kept.withLock { $0.append(name) } }
    }

    static let hub = "http://hub.example/"
    static let topic = "http://wire.example/topic.xml"
    static let links = """
        <atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="hub" href="\(hub)"/>
        <atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="\(topic)"/>
        """

    /// A feed that names a hub, its pages, and the hub.
    static func site(_ ids: [String], hubStatus: Int = 202) -> CannedWeb.Answer {
        { request in
            if request.body != nil { return .status(hubStatus) }
            guard request.url.hasSuffix("feed.xml") else { return CannedFeed.page(PolitePollTests.page) }
            return .text(CannedFeed.rss(ids, more: links))
        }
    }

    func unloaded(_ store: SQLiteStore, publicURL: String = "https://desk.example/hub") -> Subscriber {
        let clock = clock
        return Subscriber(
            settings: WebSubSettings(host: "127.0.0.1", port: 0, publicURL: publicURL),
            store: store,
            client: web,
            logger: log.logger,
            clock: { clock.now }
        )
    }

    func subscriber(_ store: SQLiteStore) async throws -> Subscriber {
        let hastened = hastened
        let subscriber = unloaded(store)
        try await subscriber.load([source]) { hastened.add($0) }
        return subscriber
    }

    func cycle(_ store: SQLiteStore, _ subscriber: Subscriber?) -> Cycle {
        var cycle = Cycle.testing(store, web: web, log: log, clock: clock)
        cycle.subscriber = subscriber
        return cycle
    }

    /// The forms that the hub was sent, in order.
    var asked: [[String: String]] {
        web.requests.filter { $0.body != nil }.map {
            FormText.values(of: String(decoding: $0.body ?? [], as: UTF8.self))
        }
    }

    func question(_ callback: String, _ query: [String: String]) -> CallbackRequest {
        let pairs = query.map { "\($0.key)=\(FormText.encoded($0.value))" }.sorted()
        let path = callback.dropFirst("https://desk.example".count)
        return CallbackRequest(method: "GET", target: "\(path)?\(pairs.joined(separator: "&"))")
    }

    func question(
        _ form: [String: String],
        mode: String,
        topic: String? = nil,
        lease: String = "86400"
    ) -> CallbackRequest {
        question(
            form["hub.callback"] ?? "",
            [
                "hub.mode": mode, "hub.topic": topic ?? form["hub.topic"] ?? "", "hub.challenge": "c+1 &x",
                "hub.lease_seconds": lease,
            ]
        )
    }

    func push(_ form: [String: String], _ body: String, signature: String? = "sha256") -> CallbackRequest {
        var request = CallbackRequest(
            method: "POST",
            target: String((form["hub.callback"] ?? "").dropFirst("https://desk.example".count))
        )
        request.body = Array(body.utf8)
        request.fields["content-type"] = "application/rss+xml"
        let key = SymmetricKey(data: Data((form["hub.secret"] ?? "").utf8))
        func digits(_ code: some Sequence<UInt8>) -> String {
            code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
        let code: String? =
            switch signature {
            case "sha1": digits(HMAC<Insecure.SHA1>.authenticationCode(for: request.body, using: key))
            case "sha256": digits(HMAC<SHA256>.authenticationCode(for: request.body, using: key))
            case "sha384": digits(HMAC<SHA384>.authenticationCode(for: request.body, using: key))
            case "sha512": digits(HMAC<SHA512>.authenticationCode(for: request.body, using: key))
            default: nil
            }
        if let signature { request.fields["x-hub-signature"] = "\(signature)=\(code ?? "00")" }
        return request
    }

    /// A source that was polled, subscribed to, verified, and polled again, so that its hub is trusted.
    func live(_ store: SQLiteStore) async throws -> (Subscriber, Cycle, form: [String: String]) {
        let subscriber = try await subscriber(store)
        let cycle = cycle(store, subscriber)
        _ = await cycle.run(source)
        await subscriber.work()
        let form = try #require(asked.last)
        #expect(await subscriber.answer(question(form, mode: "subscribe")).status == 200)
        clock.advance(bySeconds: 700)
        _ = await cycle.run(source)
        return (subscriber, cycle, form)
    }

    func wait(_ store: SQLiteStore) async throws -> Double {
        try #require(try await store.state(of: source)).nextPollAt.timeIntervalSince(clock.now)
    }

    // MARK: Asking

    @Test("a feed that names a hub is subscribed to once, with a callback and a secret that nobody can guess")
    func subscribes() async throws {
        let store = try SQLiteStore(.memory)
        let subscriber = try await subscriber(store)
        let cycle = cycle(store, subscriber)
        for _ in 0..<2 {
            _ = await cycle.run(source)
            await subscriber.work()
        }
        #expect(asked.count == 1)
        let form = try #require(asked.first)
        #expect(web.requests.last { $0.body != nil }?.url == Self.hub)
        #expect(form["hub.mode"] == "subscribe")
        #expect(form["hub.topic"] == Self.topic)
        #expect(form["hub.lease_seconds"] == "864000")
        let callback = try #require(form["hub.callback"])
        #expect(callback.hasPrefix("https://desk.example/hub/"))
        let name = callback.split(separator: "/").last ?? ""
        #expect(name.utf8.count == 64 && name.allSatisfy(\.isHexDigit))
        let secret = try #require(form["hub.secret"])
        #expect(secret.utf8.count == 64 && secret != String(name))
    }

    @Test("the answer's Link fields go before what the feed says")
    func linkFields() async throws {
        let store = try SQLiteStore(.memory)
        web.become { request in
            guard request.body == nil else { return .status(202) }
            guard request.url.hasSuffix("feed.xml") else { return CannedFeed.page(PolitePollTests.page) }
            let field = "</other>; rel=hub, <http://wire.example/own.xml>; rel=\"self\""
            var answer = FetchResponse.text(CannedFeed.rss(["1"], more: Self.links), ["Link": field])
            answer.url = request.url
            return answer
        }
        let subscriber = try await subscriber(store)
        _ = await cycle(store, subscriber).run(source)
        await subscriber.work()
        #expect(web.requests.last { $0.body != nil }?.url == "http://wire.example/other")
        #expect(asked.last?["hub.topic"] == "http://wire.example/own.xml")
    }

    @Test(
        "a hub that redirects by 307 or 308 is asked there, any other redirect is a refusal",
        arguments: [307, 308, 302]
    )
    func redirects(_ status: Int) async throws {
        let store = try SQLiteStore(.memory)
        web.become { request in
            guard request.body == nil else {
                return request.url == Self.hub ? .status(status, ["Location": "/elsewhere"]) : .status(202)
            }
            return .text(CannedFeed.rss([], more: Self.links))
        }
        let subscriber = try await subscriber(store)
        _ = await cycle(store, subscriber).run(source)
        await subscriber.work()
        let urls = web.requests.filter { $0.body != nil }.map(\.url)
        #expect(urls == (status == 302 ? [Self.hub] : [Self.hub, "http://hub.example/elsewhere"]))
        #expect(log.lines.contains { $0.contains("hub does not take a request") } == (status == 302))
    }

    @Test("a source that is asked with a secret is not named to a hub")
    func privateSource() async throws {
        let store = try SQLiteStore(.memory)
        let subscriber = try await subscriber(store)
        let cycle = cycle(store, subscriber)
        var secret = source
        secret.manners.privateHeaders = [HeaderField("Authorization", "Bearer s3cret")]
        _ = await cycle.run(secret)
        _ = await cycle.run(Source(name: "named", url: "http://user:pass@wire.example/feed.xml"))
        await subscriber.work()
        #expect(web.paths.count { $0.hasSuffix("feed.xml") } == 2)
        #expect(asked.isEmpty)
    }

    @Test("a hub that refuses is asked again, each time later, and told of once")
    func refused() async throws {
        let store = try SQLiteStore(.memory)
        web.become(Self.site(["1"], hubStatus: 500))
        let subscriber = try await subscriber(store)
        _ = await cycle(store, subscriber).run(source)
        for (seconds, count) in [(0.0, 1), (299, 1), (2, 2), (598, 2), (3, 3)] {
            clock.advance(bySeconds: seconds)
            await subscriber.work()
            #expect(asked.count == count)
        }
        #expect(log.lines.count { $0.hasPrefix("warning hub does not take a request") } == 1)
    }

    @Test("a hub that takes the request and never asks back is asked again")
    func silent() async throws {
        let store = try SQLiteStore(.memory)
        let subscriber = try await subscriber(store)
        _ = await cycle(store, subscriber).run(source)
        await subscriber.work()
        clock.advance(bySeconds: 301)
        await subscriber.work()
        #expect(asked.count == 2)
        #expect(asked[0]["hub.callback"] == asked[1]["hub.callback"])
    }

    @Test("a hub that the feed names no more is told that it is over, and the new one is asked")
    func moved() async throws {
        let store = try SQLiteStore(.memory)
        let (subscriber, cycle, form) = try await live(store)
        web.become { request in
            guard request.body == nil else { return .status(202) }
            let links = Self.links.replacing(Self.hub, with: "http://newhub.example/")
            return .text(CannedFeed.rss(["1"], more: links + "<ttl>1</ttl>"))
        }
        _ = await cycle.run(source)
        await subscriber.work()
        let requests = web.requests.filter { $0.body != nil }.suffix(2)
        #expect(Set(requests.map(\.url)) == [Self.hub, "http://newhub.example/"])
        let end = try #require(asked.last { $0["hub.mode"] == "unsubscribe" })
        #expect(end["hub.callback"] == form["hub.callback"])
        #expect(end["hub.secret"] == nil)
    }

    @Test("without a public address nothing is asked and nothing is kept")
    func noTrace() async throws {
        let store = try SQLiteStore(.memory)
        let cycle = cycle(store, nil)
        _ = await cycle.run(source)
        clock.advance(bySeconds: 700)
        _ = await cycle.run(source)
        #expect(asked.isEmpty)
        #expect(try await store.subscriptions().isEmpty)
        #expect((540...660).contains(try await wait(store)))
        #expect(!log.lines.contains { $0.contains("hub") })
    }

    // MARK: Being asked back

    @Test("the challenge is given back for what was asked for")
    func verifies() async throws {
        let store = try SQLiteStore(.memory)
        let subscriber = try await subscriber(store)
        _ = await cycle(store, subscriber).run(source)
        await subscriber.work()
        let answer = await subscriber.answer(question(try #require(asked.last), mode: "subscribe"))
        #expect(answer == CallbackAnswer(status: 200, body: "c+1 &x"))
        #expect(try await store.subscriptions().map(\.state) == [.live])
    }

    @Test(
        "what was not asked for is not confirmed: another topic, another mode, another callback, no challenge"
    )
    func refusesToVerify() async throws {
        let store = try SQLiteStore(.memory)
        let subscriber = try await subscriber(store)
        _ = await cycle(store, subscriber).run(source)
        let early = try #require(try await store.subscriptions().first)
        let unasked = [
            "hub.mode": "subscribe", "hub.topic": Self.topic, "hub.challenge": "c",
            "hub.lease_seconds": "86400",
        ]
        #expect(await subscriber.answer(question(early.callback, unasked)) == .unknown, "before any request")
        await subscriber.work()
        let form = try #require(asked.last)
        #expect(
            await subscriber.answer(question(form, mode: "subscribe", topic: "http://other.example/"))
                == .unknown
        )
        #expect(await subscriber.answer(question(form, mode: "unsubscribe")) == .unknown)
        var other = form
        other["hub.callback"] = "https://desk.example/hub/" + String(repeating: "0", count: 64)
        #expect(await subscriber.answer(question(other, mode: "subscribe")) == .unknown)
        let callback = try #require(form["hub.callback"])
        #expect(
            await subscriber.answer(question(callback, ["hub.mode": "subscribe", "hub.topic": Self.topic]))
                == .unknown
        )
        #expect(try await store.subscriptions().map(\.state) == [.wanted])
    }

    @Test("while a hub is trusted its source is polled rarely, at the latest when the lease ends")
    func slow() async throws {
        let store = try SQLiteStore(.memory)
        let (_, _, _) = try await live(store)
        #expect((19440...23760).contains(try await wait(store)))
        #expect(try await store.state(of: source)?.reason == "its hub tells what is new")
    }

    @Test("a lease is renewed before it ends, and the source stays in the hub's hands")
    func renews() async throws {
        let store = try SQLiteStore(.memory)
        let (subscriber, _, form) = try await live(store)
        clock.advance(bySeconds: 86400 * 0.8 - 701)
        await subscriber.work()
        #expect(asked.count == 1)
        clock.advance(bySeconds: 2)
        await subscriber.work()
        #expect(asked.count == 2)
        #expect(asked.last?["hub.callback"] == form["hub.callback"])
        #expect(await subscriber.answer(question(form, mode: "subscribe")).status == 200)
        clock.advance(bySeconds: 86400 * 0.5)
        await subscriber.work()
        #expect(await subscriber.liveUntil("wire") != nil)
        #expect(asked.count == 2)
    }

    @Test("a subscription that lapses lets its source be polled at its own interval at once")
    func lapses() async throws {
        let store = try SQLiteStore(.memory)
        let (subscriber, cycle, _) = try await live(store)
        web.become(Self.site(["1"], hubStatus: 503))
        clock.advance(bySeconds: 86400)
        await subscriber.work()
        #expect(hastened.names == ["wire"])
        let polls = web.paths.count { $0 == "/feed.xml" }
        _ = await cycle.run(source, pollsEarly: false)
        #expect(web.paths.count { $0 == "/feed.xml" } == polls + 1)
        #expect((540...2640).contains(try await wait(store)))
    }

    @Test("a hub that refuses later is believed, and the source is polled at its own interval at once")
    func denied() async throws {
        let store = try SQLiteStore(.memory)
        let (subscriber, cycle, form) = try await live(store)
        clock.advance(bySeconds: 3600)
        let callback = try #require(form["hub.callback"])
        let query = ["hub.mode": "denied", "hub.topic": Self.topic, "hub.reason": "no more"]
        #expect(
            await subscriber.answer(question(callback, query.merging(["hub.topic": "x"]) { $1 })) == .unknown
        )
        #expect(await subscriber.answer(question(callback, query)).status == 200)
        #expect(hastened.names == ["wire"])
        #expect(log.lines.contains { $0.hasPrefix("warning hub has refused") && $0.contains("no more") })
        let polls = web.paths.count { $0 == "/feed.xml" }
        _ = await cycle.run(source, pollsEarly: false)
        #expect(web.paths.count { $0 == "/feed.xml" } == polls + 1)
        #expect((540...2640).contains(try await wait(store)))
        #expect(await subscriber.answer(push(form, CannedFeed.rss(["2"]))) == .gone)
        await subscriber.work()
        #expect(asked.count == 1, "a refusal is not argued with")
        clock.advance(bySeconds: 8 * 86400)
        await subscriber.work()
        #expect(asked.count == 2)
    }

    @Test("a source that is removed is unsubscribed from, and the hub's question is answered")
    func removed() async throws {
        let store = try SQLiteStore(.memory)
        let (subscriber, _, form) = try await live(store)
        await subscriber.replace(sources: [])
        await subscriber.work()
        #expect(asked.last?["hub.mode"] == "unsubscribe")
        #expect(await subscriber.answer(push(form, CannedFeed.rss(["2"]))) == .gone)
        #expect(await subscriber.answer(question(form, mode: "subscribe")) == .unknown)
        #expect(await subscriber.answer(question(form, mode: "unsubscribe")).body == "c+1 &x")
        #expect(try await store.subscriptions().isEmpty)
    }

    @Test("a hub that does not take the end of a subscription is asked some times, and then forgotten")
    func endless() async throws {
        let store = try SQLiteStore(.memory)
        let (subscriber, _, _) = try await live(store)
        web.become(Self.site(["1"], hubStatus: 500))
        await subscriber.replace(sources: [])
        for _ in 0..<20 {
            await subscriber.work()
            clock.advance(bySeconds: 4000)
        }
        #expect(asked.count { $0["hub.mode"] == "unsubscribe" } == 5)
        #expect(try await store.subscriptions().isEmpty)
    }

    // MARK: Being told

    @Test("what a hub tells is read like a poll: the entry once, also when the next poll has it too")
    func takesPush() async throws {
        let store = try SQLiteStore(.memory)
        let (subscriber, cycle, form) = try await live(store)
        let polls = web.paths.count { $0 == "/feed.xml" }
        let before = try #require(try await store.state(of: source))
        #expect(await subscriber.answer(push(form, CannedFeed.rss(["2"]))) == .taken)
        #expect(hastened.names == ["wire"])
        #expect(await cycle.run(source, pollsEarly: false).articles == 1)
        #expect(web.paths.count { $0 == "/feed.xml" } == polls, "nothing was polled")
        let after = try #require(try await store.state(of: source))
        #expect(after.validators == before.validators && after.bodyDigest == before.bodyDigest)
        #expect(after.lastChangeAt == clock.now)
        web.become(Self.site(["1", "2"]))
        clock.advance(bySeconds: 25000)
        let report = await cycle.run(source, pollsEarly: false)
        #expect(web.paths.count { $0 == "/feed.xml" } == polls + 1)
        #expect(report.newEntries == 0)
    }

    @Test("every method of signature is understood", arguments: ["sha1", "sha256", "sha384", "sha512"])
    func signatures(_ method: String) async throws {
        let store = try SQLiteStore(.memory)
        let (subscriber, cycle, form) = try await live(store)
        _ = await subscriber.answer(push(form, CannedFeed.rss(["2"]), signature: method))
        #expect(await cycle.run(source, pollsEarly: false).newEntries == 1)
    }

    enum Forgery: CaseIterable {
        case absent, unknownMethod, notHexadecimal, empty, ofAnotherBody, underAnotherSecret
    }

    @Test(
        "what is not signed with the secret is ignored, and answered as if it were not",
        arguments: Forgery.allCases
    )
    func forged(_ forgery: Forgery) async throws {
        let store = try SQLiteStore(.memory)
        let (subscriber, cycle, form) = try await live(store)
        let body = CannedFeed.rss(["2"])
        var request = push(form, body)
        switch forgery {
        case .absent: request.fields["x-hub-signature"] = nil
        case .unknownMethod: request = push(form, body, signature: "md5")
        case .notHexadecimal: request.fields["x-hub-signature"] = "sha256=zz"
        case .empty: request.fields["x-hub-signature"] = "sha256="
        case .ofAnotherBody: request.body.append(32)
        case .underAnotherSecret: request = push(form.merging(["hub.secret": "x"]) { $1 }, body)
        }
        for _ in 0..<2 { #expect(await subscriber.answer(request) == .taken) }
        #expect(hastened.names.isEmpty)
        #expect(await cycle.run(source, pollsEarly: false).newEntries == 0)
        #expect(log.lines.count { $0.hasPrefix("warning push without a good signature") } == 1)
    }

    @Test("a push that is no feed lets the source be polled, no sooner than it may be")
    func thinPush() async throws {
        let store = try SQLiteStore(.memory)
        let (subscriber, cycle, form) = try await live(store)
        clock.advance(bySeconds: 100)
        _ = await subscriber.answer(push(form, ""))
        _ = await cycle.run(source, pollsEarly: false)
        #expect((499...501).contains(try await wait(store)))
    }

    @Test("a push that could not be stored stays, and is read by the next cycle")
    func keepsPush() async throws {
        let store = try SQLiteStore(.memory)
        let failing = FailingStore(store)
        let (subscriber, _, form) = try await live(store)
        var cycle = Cycle.testing(failing, web: web, log: log, clock: clock)
        cycle.subscriber = subscriber
        _ = await subscriber.answer(push(form, CannedFeed.rss(["2"])))
        failing.failNextCommits(1)
        #expect(await cycle.run(source, pollsEarly: false).storeFailure != nil)
        #expect(await cycle.run(source, pollsEarly: false).articles == 1)
    }

    @Test("more than a source's share of pushes is refused, so that the hub sends it again")
    func floods() async throws {
        let store = try SQLiteStore(.memory)
        let (subscriber, cycle, form) = try await live(store)
        let answers = await withTaskGroup(of: CallbackAnswer.self) { group in
            for number in 0..<20 {
                let request = push(form, CannedFeed.rss(["p\(number)"]))
                group.addTask { await subscriber.answer(request) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count { $0 == .taken } == PushBox.maximumPushes)
        #expect(answers.count { $0 == .full } == 4)
        #expect(await cycle.run(source, pollsEarly: false).articles == PushBox.maximumPushes)
        #expect(await subscriber.answer(push(form, CannedFeed.rss(["q"]))) == .taken)
    }

    @Test("a hub whose news a poll finds first is not relied upon until it tells something again")
    func doubts() async throws {
        let store = try SQLiteStore(.memory)
        let (subscriber, cycle, form) = try await live(store)
        web.become(Self.site(["1", "2"]))
        clock.advance(bySeconds: 25000)
        _ = await cycle.run(source, pollsEarly: false)
        #expect((540...660).contains(try await wait(store)))
        _ = await subscriber.answer(push(form, CannedFeed.rss(["3"])))
        clock.advance(bySeconds: 700)
        _ = await cycle.run(source, pollsEarly: false)
        #expect(try await wait(store) > 10000)
    }

    // MARK: Restarts

    @Test("a subscription outlives the process; its source is polled once, for what came meanwhile")
    func restart() async throws {
        let store = try SQLiteStore(.memory)
        let (_, _, form) = try await live(store)
        clock.advance(bySeconds: 3600)
        let again = try await subscriber(store)
        let cycle = cycle(store, again)
        let polls = web.paths.count { $0 == "/feed.xml" }
        _ = await cycle.run(source, pollsEarly: false)
        #expect(web.paths.count { $0 == "/feed.xml" } == polls + 1)
        await again.work()
        #expect(asked.count == 1, "the hub is not asked again")
        #expect(try await wait(store) > 10000)
        _ = await again.answer(push(form, CannedFeed.rss(["2"])))
        #expect(await cycle.run(source, pollsEarly: false).articles == 1)
    }

    @Test("under another public address the hub is asked anew")
    func movedDesk() async throws {
        let store = try SQLiteStore(.memory)
        _ = try await live(store)
        let again = unloaded(store, publicURL: "https://new.example")
        try await again.load([source]) { _ in }
        await again.work()
        #expect(asked.last?["hub.callback"]?.hasPrefix("https://new.example/") == true)
        #expect(try await store.subscriptions().count == 1)
    }

    @Test("a source that was removed while the daemon was down is unsubscribed from at the next start")
    func removedMeanwhile() async throws {
        let store = try SQLiteStore(.memory)
        _ = try await live(store)
        let again = unloaded(store)
        try await again.load([]) { _ in }
        await again.work()
        #expect(asked.last?["hub.mode"] == "unsubscribe")
    }
}
