import Foundation
import TallyModel

/// One small reading with everything that a commit can hold.
enum Samples {
    static func reading(at now: Date) -> ReadingCommit {
        let reference = ArticleReference(
            id: "article",
            revisionID: "article-1",
            url: "https://example.org/1",
            title: "Twelve hurt at the quay",
            outlet: "Example",
            published: now
        )
        let quantity = Quantity(
            low: Decimal(string: "12.5"),
            high: nil,
            qualifier: .atLeast,
            unit: "people"
        )
        var claim = Claim(
            surface: "At least 12.5",
            sentence: "At least 12.5 people were hurt.",
            start: 0,
            end: 13,
            quantity: quantity
        )
        claim.predicate = "wound"
        claim.asOf = "2025-06"
        var sourced = SourcedClaim(claim: claim, article: reference)
        sourced.alsoCarriedBy = ["Second"]
        var story = Story(id: "story", title: reference.title, terms: ["quay": 2.5], at: now)
        story.sketches = ["article": [1, 2, 4_000_000_000]]
        var baseline = Baseline(low: 12, best: nil, high: nil)
        baseline.version = 3
        baseline.note = "by hand"
        var figure = Figure(
            id: "figure",
            storyID: "story",
            label: "people hurt",
            isCumulative: true,
            key: claim,
            baseline: baseline
        )
        figure.watch = WatchReference(watch: "desk", figure: "hurt")
        var standing = StandingClaim(sourced: sourced, relation: .new)
        standing.isStanding = false
        figure.claims = [standing]
        var details = Alert.Details(severity: .info, reason: "first seen")
        details.figure = Alert.FigureReference(id: "figure", label: figure.label, unit: "people")
        var entry = EntryRecord(
            source: "wire",
            entryID: "e1",
            url: reference.url,
            digest: "d",
            firstSeenAt: now
        )
        entry.articleID = "article"
        entry.validators = Validators(entityTag: "\"x\"")
        entry.isSilent = true
        entry.feedTitle = "Wire"
        entry.entry = FeedEntry(id: "e1", url: reference.url, title: "Quay", text: "In full.")
        var plain = sourced
        plain.alsoCarriedBy = []
        var commit = ReadingCommit(
            entry: entry,
            reference: reference,
            revisionNumber: 1,
            article: Article(title: reference.title, text: claim.sentence),
            readAt: now,
            claims: [plain],
            story: story
        )
        commit.figures = [figure]
        commit.moves = [
            BaselineMove(
                of: figure,
                from: Baseline(low: 10, best: 10, high: Decimal(string: "10.5")),
                cause: .update,
                reason: "12.5 updates 10.",
                claimID: sourced.id
            )
        ]
        commit.alerts = [Alert(id: "alert_1", type: .new, timestamp: now, data: details)]
        commit.deliveries = ["log", "desk"].map {
            PlannedDelivery(alertID: "alert_1", sink: $0, notBefore: now, lane: "figure")
        }
        return commit
    }
}
