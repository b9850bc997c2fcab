import Foundation
import Synchronization
import TestSupport

/// A news site that a test publishes to, with a webhook's receiver beside it.
final class Site: Sendable {
    struct Hook: Sendable {
        let id: String
        let signature: String
        let body: String
        let status: Int
    }

    private struct State {
        var pages: [(path: String, html: String, published: String)] = []
        var hooks: [Hook] = []
        var hookStatus = 200
        /// What a chat service was sent.
        var chats: [String] = []
        /// One of how many hooks fails; `nil` for none.
        var failureInterval: Int?
        var polls = 0
        /// Whether the feed names the site's hub.
        var hasHub = false
        /// What the hub was asked, as forms.
        var hubForms: [String] = []
    }

    private let state = Mutex(State())

    var hooks: [Hook] { state.withLock { $0.hooks } }
    var accepted: [Hook] { hooks.filter { $0.status == 200 } }
    var chats: [String] { state.withLock { $0.chats } }
    var polls: Int { state.withLock { $0.polls } }

    var hubForms: [String] { state.withLock { $0.hubForms } }
    /// The feed as it is now.
    var feed: String { state.withLock { feed($0) } }

    /// Lets the feed name a hub, and the hub take requests.
    func openHub() {
        state.withLock { $0.hasHub = true }
    }

    func publish(_ path: String, _ html: String, published: String = "Thu, 02 Apr 2026 08:00:00 GMT") {
        state.withLock { state in
            state.pages.removeAll { $0.path == path }
            state.pages.insert((path, html, published), at: 0)
        }
    }

    func setHookStatus(_ status: Int) {
        state.withLock { $0.hookStatus = status }
    }

    /// Lets one of so many hooks fail.
    func failEvery(_ interval: Int?) {
        state.withLock { $0.failureInterval = interval }
    }

    func answer(_ request: TestRequest) -> TestResponse {
        state.withLock { state in
            switch request.path {
            case "/feed.xml":
                state.polls += 1
                return TestResponse(text: feed(state), type: "application/rss+xml")
            case "/hook":
                let id = request.headers["webhook-id"] ?? ""
                let signature = request.headers["webhook-signature"] ?? ""
                let body = String(decoding: request.body, as: UTF8.self)
                let fails = state.failureInterval.map { (state.hooks.count + 1) % $0 == 0 } ?? false
                let status = fails ? 503 : state.hookStatus
                state.hooks.append(Hook(id: id, signature: signature, body: body, status: status))
                return TestResponse(status: status)
            case "/hub":
                state.hubForms.append(String(decoding: request.body, as: UTF8.self))
                return TestResponse(status: 202)
            case "/chat":
                state.chats.append(String(decoding: request.body, as: UTF8.self))
                return TestResponse()
            case "/not-a-feed":
                return TestResponse(text: "\u{1}\u{2} no feed", type: "application/octet-stream")
            case "/loop":
                return TestResponse(status: 302, headers: ["Location": "/loop"])
            case "/huge":
                return TestResponse(body: Data(count: 50 << 20))
            default:
                guard let page = state.pages.first(where: { $0.path == request.path }) else {
                    return TestResponse(status: 404)
                }
                return TestResponse(text: page.html, type: "text/html; charset=utf-8")
            }
        }
    }

    private func feed(_ state: State) -> String {
        let items = state.pages.map { page in
            """
            <item><title>Entry</title><link>\(page.path)</link><guid isPermaLink="false">\(page.path)</guid>
            <pubDate>\(page.published)</pubDate></item>
            """
        }
        let hub = """
            <a:link xmlns:a="http://www.w3.org/2005/Atom" rel="hub" href="/hub"/>
            <a:link xmlns:a="http://www.w3.org/2005/Atom" rel="self" href="/feed.xml"/>
            """
        return """
            <?xml version="1.0"?><rss version="2.0"><channel><title>Corrie Wire</title><link>/</link>
            \(state.hasHub ? hub : "")<description>news</description>\(items.joined())</channel></rss>
            """
    }
}
