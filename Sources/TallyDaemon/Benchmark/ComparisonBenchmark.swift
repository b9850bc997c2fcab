import Comparing
import FoundationEssentials
import Storing
import TallyModel

/// Measures how long a claim takes to find its story's baselines in a store of many claims, and to be compared with them.
public enum ComparisonBenchmark {
    /// What was measured; all times in milliseconds.
    public struct Result: Encodable, Sendable {
        /// Claims in the store.
        public let storedClaims: Int
        /// Stories that they belong to.
        public let stories: Int
        /// Claims that were looked up and compared.
        public let lookups: Int
        /// How many of them met a figure.
        public let met: Int
        /// The middle time.
        public let p50: Double
        /// The slowest of a hundred.
        public let p99: Double

        private enum CodingKeys: String, CodingKey {
            case storedClaims = "stored_claims", stories, lookups, met, p50 = "p50_ms", p99 = "p99_ms"
        }
    }

    /// Articles of a story.
    private static let articlesPerStory = 10
    private static let things = ["soldiers", "houses"]
    private static let predicates = [
        "kill", "wound", "missing", "capture", "displace", "arrest", "destroy", "seize", "evacuate", "rescue",
    ]
    private static var claimsPerStory: Int { articlesPerStory * things.count * predicates.count }
    private static let start = Date(timeIntervalSince1970: 1_760_000_000)

    /// Fills a store in a temporary folder, and compares claims with stories at large strides through it.
    ///
    /// - Parameters:
    ///   - claims: How many claims are stored, rounded up to whole stories.
    ///   - lookups: How many claims are compared.
    ///   - onStory: Called after each story with how many are stored, and of how many.
    /// - Returns: The times.
    /// - Throws: What the store says.
    public static func run(claims: Int, lookups: Int, onStory: (Int, Int) -> Void) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "tallywatch-\(UUID().uuidString)"
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // What is left behind in the temporary directory harms nobody.
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try SQLiteStore(.file(path: folder.appendingPathComponent("bench.db").path))
        let stories = (claims + claimsPerStory - 1) / claimsPerStory
        let comparator = Comparator()
        for number in 0..<stories {
            try await fill(number, in: store, by: comparator)
            onStory(number + 1, stories)
        }
        let result = try await measure(lookups, of: stories, in: store, by: comparator)
        try store.close()
        return result
    }

    private static func fill(_ number: Int, in store: SQLiteStore, by comparator: Comparator) async throws {
        var figures: [Figure] = []
        var memory = ProfileMemory()
        for article in 0..<articlesPerStory {
            let reading = reading(
                article,
                ofStory: number,
                things.flatMap { thing in predicates.map { (thing, $0) } }
            )
            let placement = placement(number, articles: article + 1)
            let outcome = comparator.compare(reading, in: placement, with: figures, memory: &memory)
            var commit = ReadingCommit(
                entry: EntryRecord(
                    source: reading.article.outlet,
                    entryID: reading.article.id,
                    url: "",
                    digest: "",
                    firstSeenAt: reading.article.published
                ),
                reference: reading.article,
                revisionNumber: 1,
                article: Article(published: reading.article.published, language: "en", text: reading.text),
                readAt: reading.article.published,
                claims: reading.claims,
                story: placement.story
            )
            commit.figures = outcome.figures
            commit.moves = outcome.moves
            for figure in outcome.figures {
                if let place = figures.firstIndex(where: { $0.id == figure.id }) {
                    figures[place] = figure
                } else {
                    figures.append(figure)
                }
            }
            try await store.commit(commit)
        }
    }

    private static func measure(
        _ lookups: Int,
        of stories: Int,
        in store: SQLiteStore,
        by comparator: Comparator
    ) async throws -> Result {
        let clock = ContinuousClock()
        var times: [Double] = []
        var met = 0
        for lookup in 0..<lookups {
            // A large odd stride, so that no page of the store is still in hand from the lookup before.
            let number = lookup * 7_919 % stories
            let thing = things[lookup % things.count]
            let reading = reading(
                articlesPerStory,
                ofStory: number,
                [(thing, predicates[lookup % predicates.count])]
            )
            let placement = placement(number, articles: articlesPerStory + 1)
            // Nothing is kept between lookups: each is a story's first article after a long time.
            var memory = ProfileMemory()
            let begin = clock.now
            let figures = try await store.figures(ofStory: placement.story.id)
            let outcome = comparator.compare(reading, in: placement, with: figures, memory: &memory)
            times.append((clock.now - begin) / .milliseconds(1))
            met += outcome.comparisons.contains { $0.relation != .new } ? 1 : 0
        }
        times.sort()
        return Result(
            storedClaims: stories * claimsPerStory,
            stories: stories,
            lookups: lookups,
            met: met,
            p50: times[times.count / 2],
            p99: times[min(times.count - 1, times.count * 99 / 100)]
        )
    }

    private static func placement(_ number: Int, articles: Int) -> Placement {
        var story = Story(id: "story_\(number)", title: "Storm \(number)", terms: ["storm": 1], at: start)
        story.articleCount = articles
        return Placement(story: story, isNew: articles == 1, nearCopyOf: nil)
    }

    /// Another order of numbers for each happening.
    private static func amount(of predicate: String) -> Int {
        100 + (predicates.firstIndex(of: predicate) ?? 0) * 1_000
    }

    private static func reading(
        _ article: Int,
        ofStory story: Int,
        _ told: [(thing: String, predicate: String)]
    ) -> Reading {
        let id = "article_\(story)_\(article)"
        let reference = ArticleReference(
            id: id,
            revisionID: "\(id)_1",
            url: "",
            title: "Storm \(story)",
            outlet: "Outlet \(article)",
            published: start.addingTimeInterval(Double(article) * 3_600)
        )
        let claims = told.enumerated().map { position, what in
            let number = Self.amount(of: what.predicate) + article
            let amount = "\(number)"
            var claim = Claim(
                surface: amount,
                sentence:
                    "The count after storm \(story) stood at \(amount) \(what.thing) (\(what.predicate)), officials said.",
                start: position * 100,
                end: position * 100 + amount.utf8.count,
                quantity: Quantity(
                    low: Decimal(number),
                    high: Decimal(number),
                    qualifier: .exact,
                    unit: what.thing == "soldiers" ? "people" : "house"
                )
            )
            claim.counted = what.thing
            claim.head = String(what.thing.dropLast())
            claim.predicate = what.predicate
            claim.confidence = 0.9
            return SourcedClaim(claim: claim, article: reference)
        }
        return Reading(
            article: reference,
            text: claims.map(\.claim.sentence).joined(separator: " "),
            language: "en",
            claims: claims,
            previousClaims: nil
        )
    }
}
