import FoundationEssentials
import TallyModel

/// The same-figure test: whether two claims of one story speak of one quantity of the world.
struct FigureMatcher: Sendable {
    /// How many years two ages may lie apart where no word ties them to one person.
    var ageReachYears: Decimal

    /// Returns how likely two claims are of one figure, 0 to 1; `nil` where a scope tells them apart.
    func likeness(_ a: Claim, _ b: Claim) -> Double? {
        guard Self.dimension(of: a) == Self.dimension(of: b), a.kind == b.kind else { return nil }
        // An age is a person's, wherever the sentence that tells it is set.
        let isAge = a.predicate == "age" || b.predicate == "age"
        if isAge { return a.predicate == b.predicate ? ageLikeness(a, b) : nil }
        guard Self.isSameScope(a.timeScope, b.timeScope), Self.isSamePlace(a.place, b.place) else {
            return nil
        }
        guard let predicate = predicateLikeness(a, b) else { return nil }
        guard let counted = Counted(a).likeness(to: Counted(b)) else { return nil }
        if let first = a.subject, let second = b.subject, !isSameSubject(first, second) { return nil }
        if !Bearer.isSame(a, b) { return nil }
        let context = Self.contextLikeness(a, b)
        // "86 people had been on shift" tells no happening: beside the dead only much common wording ties it to them.
        let isUntold =
            (PredicateWords.predicateClass(of: a) == nil) != (PredicateWords.predicateClass(of: b) == nil)
        if isUntold, context < Self.untoldContext { return nil }
        return min(1, 0.45 * counted + 0.3 * predicate + 0.25 * min(1, context * 1.6))
    }

    /// The common wording that ties a number of nothing told to a figure of a class.
    static let untoldContext = 0.5

    /// Returns the dimension that a claim's unit measures; a unit of no table is its own.
    static func dimension(of claim: Claim) -> String {
        UnitOfMeasure.named(claim.quantity.unit)?.dimension ?? claim.quantity.unit
    }

    /// Whether two places may be one: `nil` may be any, a spelling apart is the same.
    static func isSamePlace(_ a: String?, _ b: String?) -> Bool {
        guard let a, let b else { return true }
        let first = placeWords(a)
        let second = placeWords(b)
        guard !first.isEmpty, !second.isEmpty else { return true }
        if first.isSubset(of: second) || second.isSubset(of: first) { return true }
        return first.contains { word in second.contains { isSpelling(word, of: $0) } }
    }

    /// Whether two scopes of time may be one: `nil` may be any of the event's own time, not one that began in an
    /// earlier year ("since 2019").
    static func isSameScope(_ a: String?, _ b: String?) -> Bool {
        guard let a, let b else {
            return !(a ?? b ?? "").split(separator: " ").contains {
                $0.count == 4 && $0.allSatisfy(\.isNumber)
            }
        }
        return Words.content(of: a) == Words.content(of: b) && a.filter(\.isNumber) == b.filter(\.isNumber)
    }

    /// Returns the part of the shorter sentence's content words that the other has too, 0 to 1.
    static func contextLikeness(_ a: Claim, _ b: Claim) -> Double {
        let first = Words.content(of: a.sentence)
        let second = Words.content(of: b.sentence)
        let least = min(first.count, second.count)
        guard least > 0 else { return 0 }
        return Double(first.intersection(second).count) / Double(max(4, least))
    }
}

extension FigureMatcher {
    private func predicateLikeness(_ a: Claim, _ b: Claim) -> Double? {
        let first = PredicateWords.predicateClass(of: a)
        let second = PredicateWords.predicateClass(of: b)
        if let first, let second { return first == second ? 1 : nil }
        if Self.isLight(a.predicate) || Self.isLight(b.predicate) { return 0.5 }
        if a.predicate == b.predicate { return 1 }
        return first == nil && second == nil ? 0.25 : nil
    }

    /// Whether a predicate says nothing of what happened: none, or a verb of standing and moving.
    private static func isLight(_ predicate: String?) -> Bool {
        predicate.map { lightVerbs.contains($0) } ?? true
    }

    private static let lightVerbs: Set<String> = [
        "be", "bring", "climb", "come", "confirm", "count", "estimate", "exceed", "give", "go", "grow",
        "have", "include",
        "increase", "jump", "make", "pass", "put", "reach", "record", "remain", "report", "say", "show",
        "stand",
        "stand at", "surpass", "take", "tell", "total",
    ]

    private func isSameSubject(_ a: String, _ b: String) -> Bool {
        let first = Words.content(of: a)
        let second = Words.content(of: b)
        return first.isEmpty || second.isEmpty || !first.isDisjoint(with: second)
    }

    private func ageLikeness(_ a: Claim, _ b: Claim) -> Double? {
        guard let likeness = PersonWords.likeness(a, b) else { return nil }
        let first = Interval(a.quantity.inYears)
        let second = Interval(b.quantity.inYears)
        let apart =
            first.overlaps(second)
            ? 0 : first.centre > second.centre ? first.centre - second.centre : second.centre - first.centre
        if likeness > 0 { return apart <= ageReachYears * 4 ? 0.95 - min(0.2, Self.part(apart) / 50) : 0.5 }
        return apart <= ageReachYears ? 0.8 - Self.part(apart) / 50 : nil
    }

    private static func part(_ years: Decimal) -> Double { Double("\(years)") ?? 0 }

    private static func placeWords(_ place: String) -> Set<String> {
        Set(
            Words.all(of: place).map(\.text).filter {
                !StopWords.all.contains($0) && !placeFillers.contains($0)
            }
        )
    }

    private static let placeFillers: Set<String> = [
        "area", "border", "city", "coast", "county", "district", "east", "eastern", "island", "municipality",
        "north", "northern", "oblast", "port", "province", "region", "south", "southern", "territory", "town",
        "valley", "village", "west", "western",
    ]

    private static func isSpelling(_ a: String, of b: String) -> Bool {
        guard a != b else { return true }
        let first = Array(a.utf8)
        let second = Array(b.utf8)
        guard min(first.count, second.count) >= 5, abs(first.count - second.count) <= 2, first[0] == second[0]
        else {
            return false
        }
        return distance(first, second) <= 2
    }

    private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var row = Array(0...b.count)
        for i in 1...a.count {
            var diagonal = row[0]
            row[0] = i
            for j in 1...b.count {
                let substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)
                diagonal = row[j]
                row[j] = min(substituted, row[j] + 1, row[j - 1] + 1)
            }
        }
        return row[b.count]
    }
}

extension Quantity {
    /// The quantity as years where it is a span of time, so that ages are compared as they are told.
    fileprivate var inYears: Quantity {
        guard unit != "year", let unit = UnitOfMeasure.named(unit), unit.dimension == "time" else {
            return Quantity(low: low, high: high, qualifier: qualifier, unit: "age")
        }
        let year = Decimal(31_557_600)
        return Quantity(
            low: low.map { unit.baseValue(of: $0) / year },
            high: high.map { unit.baseValue(of: $0) / year },
            qualifier: qualifier,
            unit: "age"
        )
    }
}
