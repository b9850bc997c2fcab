import Extracting
import Fetching
import FoundationEssentials
import Parsing
import TallyModel

/// What reading one candidate gave.
enum ReadResult: Sendable {
    /// The page has not changed since the validators.
    case notModified
    /// An article and what it claims.
    case read(Article, [Claim], Validators)
    /// The daemon is stopping: nothing can be said of the page.
    case stopped
    /// Nothing could be read.
    case failed(ReadFailure)
}

/// Why nothing could be read of a candidate.
struct ReadFailure: Error {
    let reason: String
    /// Whether another try may help.
    var isTransient = false
    /// The wait that the server asks for, in seconds.
    var retryAfterSeconds: Double = 0
}

/// Fetches a candidate's text and turns it into an article with claims.
struct ArticleReader: Sendable {
    let client: any HTTPClient
    let robots: RobotsBook
    let extractor = ArticleExtractor()
    /// Shared by all cycles: it keeps what one article taught it of common words.
    let claimExtractor: ClaimExtractor

    /// The largest page that is read, in bytes after decompression.
    static let maximumPageBytes = 8 << 20

    func read(
        _ candidate: Candidate,
        of source: Source,
        validators: Validators,
        now: Date
    ) async -> ReadResult {
        switch candidate.text {
        case .page:
            await readPage(candidate, of: source, validators: validators, now: now)
        case .document(let path):
            result(of: candidate, validators: Validators(), now: now) { () throws(ReadFailure) in
                do {
                    let bytes = try LocalDocuments.read(path, maximumBytes: Self.maximumPageBytes)
                    return try article(bytes, contentType: nil, url: candidate.url)
                } catch let error as FetchError {
                    throw ReadFailure(reason: error.description)
                } catch let error as ReadFailure {
                    throw error
                } catch {
                    throw ReadFailure(reason: "\(error)")
                }
            }
        case .bytes(let bytes, let contentType):
            result(of: candidate, validators: Validators(), now: now) { () throws(ReadFailure) in
                try article(bytes, contentType: contentType, url: candidate.url)
            }
        case .entry:
            result(of: candidate, validators: Validators(), now: now) { () throws(ReadFailure) in
                try articleOfEntry(candidate)
            }
        }
    }

    /// Returns the article that the feed itself gives, where it gives a text.
    func readEntry(_ candidate: Candidate, now: Date) -> ReadResult {
        result(of: candidate, validators: Validators(), now: now) { () throws(ReadFailure) in
            try articleOfEntry(candidate)
        }
    }

    private func readPage(
        _ candidate: Candidate,
        of source: Source,
        validators: Validators,
        now: Date
    ) async -> ReadResult {
        if source.manners.obeysRobots {
            switch await robots.answer(for: candidate.url) {
            case .allowed: break
            case .refused:
                return .failed(ReadFailure(reason: "the site's robots.txt keeps the page from robots"))
            case .unknown(let reason):
                return .failed(ReadFailure(reason: "robots.txt: \(reason)", isTransient: true))
            case .stopped: return .stopped
            }
        }
        var request = FetchRequest(url: candidate.url, validators: validators)
        request.maximumBodyBytes = Self.maximumPageBytes
        if FetchOrigin.isShared(source.url, candidate.url) {
            request.privateHeaders = source.manners.privateHeaders
        }
        let response: FetchResponse
        do {
            response = try await client.send(request)
        } catch .closed {
            return .stopped
        } catch {
            return .failed(ReadFailure(reason: error.description, isTransient: error.isTransient))
        }
        if response.status == 304 { return .notModified }
        guard (200..<300).contains(response.status) else {
            let isTransient = response.status >= 500 || [408, 425, 429].contains(response.status)
            var failure = ReadFailure(reason: "HTTP status \(response.status)", isTransient: isTransient)
            failure.retryAfterSeconds = response.retryAfterSeconds(now: now) ?? 0
            return .failed(failure)
        }
        return result(of: candidate, validators: response.validators, now: now) { () throws(ReadFailure) in
            let contentType = response.header("content-type")
            var article = try article(response.body, contentType: contentType, url: response.url)
            // A stub before a paywall: the feed's own full content says more.
            let size = article.isPartial ? article.text.utf8.count : article.text.utf8.count * 3 / 2
            if article.isPartial || candidate.entry.hasFullContent, candidate.entry.text.utf8.count > size {
                article.text = candidate.entry.text
                article.isPartial = article.isPartial && !candidate.entry.hasWholeText
            }
            return article
        }
    }

    private func article(
        _ bytes: [UInt8],
        contentType: String?,
        url: String
    ) throws(ReadFailure) -> Article {
        do {
            return try extractor.article(from: bytes, contentType: contentType, url: url)
        } catch {
            throw ReadFailure(reason: error.description)
        }
    }

    private func articleOfEntry(_ candidate: Candidate) throws(ReadFailure) -> Article {
        guard !candidate.entry.text.isEmpty else {
            throw ReadFailure(reason: "the entry leads to no page and has no text")
        }
        return Article(url: candidate.url, text: candidate.entry.text)
    }

    private func result(
        of candidate: Candidate,
        validators: Validators,
        now: Date,
        _ load: () throws(ReadFailure) -> Article
    ) -> ReadResult {
        do {
            var article = try load()
            complete(&article, from: candidate)
            return .read(article, claims(in: article, now: now), validators)
        } catch {
            return .failed(error)
        }
    }

    /// What the page does not say, the entry may.
    private func complete(_ article: inout Article, from candidate: Candidate) {
        let entry = candidate.entry
        if article.url.isEmpty { article.url = candidate.url }
        if article.title.isEmpty { article.title = entry.title }
        // A page that names no outlet has its host's name: the feed's title says more.
        let isHost =
            article.outlet.isEmpty
            || ["//", "//www."].contains { candidate.url.contains($0 + article.outlet) }
        if isHost, !candidate.feedTitle.isEmpty { article.outlet = candidate.feedTitle }
        if article.authors.isEmpty { article.authors = entry.authors }
        if article.published == nil { article.published = entry.published }
    }

    /// The extractor reads English; figures out of another language's words would be guesses.
    private func claims(in article: Article, now: Date) -> [Claim] {
        let language = (article.language ?? "en").lowercased()
        guard language == "en" || language.hasPrefix("en-") || language.hasPrefix("en_") else { return [] }
        return claimExtractor.claims(in: article, readAt: now)
    }
}
