import Synchronization
import TallyModel

/// Answers requests by a test's own rule, without a network.
final class CannedWeb: HTTPClient {
    typealias Answer = @Sendable (FetchRequest) throws(FetchError) -> FetchResponse

    private let answer: Mutex<Answer>
    private let asked = Mutex<[FetchRequest]>([])

    init(_ answer: @escaping Answer) {
        self.answer = Mutex(answer)
    }

    /// The requests so far, in order.
    var requests: [FetchRequest] { asked.withLock { $0 } }

    /// What was asked for, without the host.
    var paths: [String] {
        requests.map {
            "/"
                + $0.url.split(separator: "/", omittingEmptySubsequences: false).dropFirst(3).joined(
                    separator: "/"
                )
        }
    }

    /// Answers by another rule from now on.
    func become(_ new: @escaping Answer) {
        answer.withLock { $0 = new }
    }

    func send(_ request: FetchRequest) async throws(FetchError) -> FetchResponse {
        asked.withLock { $0.append(request) }
        let rule = answer.withLock { $0 }
        return try rule(request)
    }
}

extension FetchResponse {
    /// An answer with a text.
    static func text(
        _ text: String,
        type: String = "application/rss+xml",
        _ headers: [String: String] = [:]
    ) -> Self {
        let fields = headers.map { HeaderField($0.key, $0.value) } + [HeaderField("Content-Type", type)]
        var response = FetchResponse(status: 200, url: "", headers: fields, body: Array(text.utf8))
        response.transferredBytes = text.utf8.count
        return response
    }

    /// An answer without a body.
    static func status(_ status: Int, _ headers: [String: String] = [:]) -> Self {
        FetchResponse(status: status, url: "", headers: headers.map { HeaderField($0.key, $0.value) })
    }
}

/// A feed of entries that lead to pages of the same host.
enum CannedFeed {
    static func rss(
        _ ids: [String],
        host: String = "http://wire.example",
        more: String = "",
        date: String? = nil
    ) -> String {
        let items = ids.map { id in
            let published = date.map { "<pubDate>\($0)</pubDate>" } ?? ""
            return
                "<item><title>Ardvale \(id)</title><link>\(host)/\(id)</link><guid>\(id)</guid>\(published)</item>"
        }
        return "<rss version=\"2.0\"><channel><title>Wire</title>\(more)\(items.joined())</channel></rss>"
    }

    static func page(_ text: String) -> FetchResponse {
        .text(
            "<!doctype html><html lang=\"en\"><title>Ardvale</title><body><article><h1>Ardvale</h1><p>\(text)</p></article>",
            type: "text/html"
        )
    }
}
