import FoundationEssentials
import TallyModel

@testable import Comparing

/// Builds claims and articles of invented events.
enum Samples {
    static func quantity(
        _ low: Decimal?,
        _ high: Decimal?,
        _ qualifier: Quantity.Qualifier = .exact,
        unit: String = "people"
    ) -> Quantity {
        Quantity(low: low, high: high, qualifier: qualifier, unit: unit)
    }

    static func claim(
        _ low: Decimal?,
        _ high: Decimal?,
        _ qualifier: Quantity.Qualifier = .exact,
        unit: String = "people",
        counted: String? = "people",
        predicate: String? = "kill",
        by attribution: String? = nil,
        sentence: String? = nil,
        surface: String? = nil
    ) -> Claim {
        let words = surface ?? low.map { "\($0)" } ?? "many"
        let text =
            sentence
            ?? "\(words) \(counted ?? "") \(predicate ?? "") after the bridge at Ostrel fell into the river."
        var claim = Claim(
            surface: words,
            sentence: text,
            start: 0,
            end: 1,
            quantity: quantity(low, high, qualifier, unit: unit)
        )
        claim.counted = counted
        claim.predicate = predicate
        claim.attribution = attribution
        claim.confidence = 0.9
        return claim
    }

    static func article(_ id: String, hour: Double = 0, outlet: String? = nil) -> ArticleReference {
        ArticleReference(
            id: id,
            revisionID: "\(id)-r1",
            url: "https://news.example/\(id)",
            title: "Bridge falls at Ostrel",
            outlet: outlet ?? "Outlet \(id)",
            published: Date(timeIntervalSince1970: 1_790_000_000 + hour * 3_600)
        )
    }

    static func sourced(_ claim: Claim, in article: ArticleReference) -> SourcedClaim {
        var claim = claim
        claim.start = claim.sentence.utf8.count
        return SourcedClaim(claim: claim, article: article)
    }

    static func reading(
        _ id: String,
        hour: Double = 0,
        outlet: String? = nil,
        text: String = "",
        claims: [Claim]
    ) -> Reading {
        let article = article(id, hour: hour, outlet: outlet)
        var offset = 0
        let sourced = claims.map { claim in
            var claim = claim
            claim.start = offset
            claim.end = offset + 1
            offset += 500
            return SourcedClaim(claim: claim, article: article)
        }
        return Reading(article: article, text: text, language: "en", claims: sourced, previousClaims: nil)
    }

    /// Reads articles one after another into one story and returns what each of them raises.
    static func alerts(
        _ readings: [Reading],
        watches: [Watch] = [],
        title: String = "Bridge falls at Ostrel"
    ) -> [[Alert]] {
        let comparator = Comparator(watches: watches)
        let policy = AlertPolicy(watches: watches)
        var story = Story(
            id: "story",
            title: title,
            terms: ["ostrel": 2, "bridge": 1],
            at: readings[0].article.published
        )
        var figures: [String: Figure] = [:]
        var raised: [[Alert]] = []
        for (index, reading) in readings.enumerated() {
            story.articleCount = index + 1
            let placement = Placement(story: story, isNew: index == 0, nearCopyOf: nil)
            let outcome = comparator.compare(reading, in: placement, with: Array(figures.values))
            for figure in outcome.figures { figures[figure.id] = figure }
            raised.append(policy.alerts(for: outcome, placement: placement, at: reading.article.published))
        }
        return raised
    }
}

extension Comparator {
    /// Compares with nothing kept from the articles before.
    func compare(_ reading: Reading, in placement: Placement, with figures: [Figure]) -> Outcome {
        var memory = ProfileMemory()
        return compare(reading, in: placement, with: figures, memory: &memory)
    }
}
