import FoundationEssentials
import TallyModel

/// How well extracted claims agree with annotated articles.
struct ClaimScore {
    /// A number of right answers among those that were judged.
    struct Tally {
        var right = 0
        var judged = 0

        var share: Double { Double(right) / Double(max(1, judged)) }

        mutating func add(_ isRight: Bool) {
            right += isRight ? 1 : 0
            judged += 1
        }
    }

    /// Of the extracted claims those that are in the annotation.
    private(set) var precision = Tally()
    /// Of the annotated claims those that were extracted.
    private(set) var recall = Tally()
    private(set) var qualifier = Tally()
    private(set) var unit = Tally()
    /// Whether a word of three letters or more is common to what is counted.
    private(set) var counted = Tally()
    /// Whether the head noun of the annotated phrase is in the extracted one.
    private(set) var head = Tally()
    private(set) var predicate = Tally()
    /// Of the look-alikes those that were extracted.
    private(set) var nonClaims = Tally()
    /// What was wrong, a line each.
    private(set) var notes: [String] = []

    var f1: Double {
        let sum = precision.share + recall.share
        return sum == 0 ? 0 : 2 * precision.share * recall.share / sum
    }

    /// The shares and then the notes.
    var report: String {
        let shares: [(String, Double)] = [
            ("f1", f1), ("precision", precision.share), ("recall", recall.share),
            ("qualifier", qualifier.share), ("unit", unit.share), ("counted", counted.share),
            ("head", head.share), ("predicate", predicate.share), ("nonClaims", nonClaims.share),
        ]
        let line = shares.map { "\($0.0) \(Int(($0.1 * 10000).rounded()))" }.joined(separator: ", ")
        return (["of 10,000: \(line)"] + notes).joined(separator: "\n")
    }

    /// Counts what was extracted from an article.
    ///
    /// A claim is found where the place overlaps and the bounds are equal.
    mutating func add(_ claims: [Claim], _ fixture: Fixture) {
        var left = claims
        for (wanted, span) in zip(fixture.claims, fixture.claimSpans()) {
            let match = left.firstIndex { claim in
                claim.quantity.low == wanted.low && claim.quantity.high == wanted.high
                    && span?.overlaps(claim.start..<claim.end) ?? false
            }
            recall.add(match != nil)
            guard let match else {
                notes.append("\(fixture.slug): missed: \(wanted.surface)")
                continue
            }
            judge(left.remove(at: match), wanted, fixture.slug)
        }
        for claim in claims { precision.add(!left.contains(claim)) }
        for claim in left { notes.append("\(fixture.slug): no claim: \(claim.surface)") }
        for surface in fixture.notClaims {
            let spans = fixture.spans(of: surface)
            let isExtracted = left.contains { claim in
                spans.contains { $0.overlaps(claim.start..<claim.end) }
            }
            nonClaims.add(isExtracted)
            if isExtracted { notes.append("\(fixture.slug): look-alike extracted: \(surface)") }
        }
    }
}

private extension ClaimScore {
    mutating func judge(_ claim: Claim, _ wanted: Fixture.Wanted, _ slug: String) {
        func note(_ field: String, _ isRight: Bool, _ got: String?, _ want: String) {
            guard !isRight else { return }
            notes.append("\(slug): \(field) of \(wanted.surface): \(got ?? "nothing"), not \(want)")
        }
        let isQualifier = claim.quantity.qualifier == wanted.qualifier
        qualifier.add(isQualifier)
        note("qualifier", isQualifier, claim.quantity.qualifier.rawValue, wanted.qualifier.rawValue)
        let isUnit = claim.quantity.unit == wanted.unit
        unit.add(isUnit)
        note("unit", isUnit, claim.quantity.unit, wanted.unit)
        if let phrase = wanted.counted {
            let got = words(claim.counted ?? "")
            let isCounted = !words(phrase).isDisjoint(with: got)
            counted.add(isCounted)
            note("counted", isCounted, claim.counted, phrase)
            let isHead = !heads(phrase).isDisjoint(with: got)
            head.add(isHead)
            if isCounted { note("head", isHead, claim.counted, phrase) }
        }
        if let verb = wanted.predicate {
            predicate.add(claim.predicate == verb)
            note("predicate", claim.predicate == verb, claim.predicate, verb)
        }
    }

    func words(_ phrase: String) -> Set<String> {
        Set(phrase.lowercased().split { !$0.isLetter }.map(String.init).filter { $0.count >= 3 })
    }

    /// Returns the last word before what narrows the noun, of each phrase.
    func heads(_ phrase: String) -> Set<String> {
        var result: Set<String> = []
        for part in phrase.lowercased().split(separator: "/") {
            let words = part.split { !$0.isLetter }.map(String.init)
            let end = words.firstIndex { Self.narrowers.contains($0) } ?? words.count
            if let head = words[..<end].last { result.insert(head) }
        }
        return result
    }

    static let narrowers: Set<String> = [
        "aged", "at", "by", "captured", "for", "from", "in", "injured", "killed", "missing", "of", "on",
        "that", "to", "who", "with", "wounded",
    ]
}
