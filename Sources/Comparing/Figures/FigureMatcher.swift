import FoundationEssentials
import TallyModel

/// The same-figure test: whether two claims of one story speak of one quantity of the world.
struct FigureMatcher: Sendable {
    /// How many years two ages may lie apart where no word ties them to one person.
    var ageReachYears: Decimal

    /// Returns how likely two claims are of one figure, 0 to 1; `nil` where a scope tells them apart.
    func likeness(_ a: Claim, _ b: Claim) -> Double? { likeness(ClaimProfile(a), ClaimProfile(b)) }

    /// Returns how likely two claims are of one figure, 0 to 1; `nil` where a scope tells them apart.
    func likeness(_ a: ClaimProfile, _ b: ClaimProfile) -> Double? {
        guard case .kin(let likeness) = kinship(of: a, and: b) else { return nil }
        return likeness
    }

    /// Returns how likely two claims are of one figure, or the first scope that tells them apart.
    func kinship(of a: ClaimProfile, and b: ClaimProfile) -> Kinship {
        guard a.dimension == b.dimension else { return .apart(.dimension) }
        // An age is a person's, wherever the sentence that tells it is set.
        if a.claim.predicate == "age" || b.claim.predicate == "age" {
            guard a.claim.predicate == b.claim.predicate, let likeness = ageLikeness(a.claim, b.claim) else {
                return .apart(.person)
            }
            return .kin(likeness)
        }
        if (a.claim.kind == .increment) != (b.claim.kind == .increment) { return .apart(.kind) }
        if (a.claim.kind == .part) != (b.claim.kind == .part), a.dimension == "people",
            !Evidence.isOneNumber(a, b),
            a.counted.head == b.counted.head, !a.counted.head.contains(where: WordGroups.isShare)
        {
            return .apart(.kind)
        }
        let place = PlaceScope.likeness(a.place, b.place)
        let counted = a.counted.likeness(to: b.counted)
        // A long number is no chance: its scopes were read wrongly sooner than it is told of two things.
        let isOneNumber = Evidence.isOneNumber(a, b) || Tolerance.isCut(a.claim.quantity, b.claim.quantity)
        if !isOneNumber {
            if place == nil || isOfTwoCountries(a, b) { return .apart(.place) }
            if let first = a.predicate, let second = b.predicate, first != second,
                !PredicateWords.isNear(first, second), !isMoved(a, b, counted: counted)
            {
                return .apart(.predicate)
            }
            if PredicateWords.isHarmBesideOther(a, b) { return .apart(.predicate) }
            if a.dimension == "people" || a.dimension == Self.things, counted == nil {
                return .apart(.counted)
            }
            if Certainty.isApart(a, b) || Self.isOfOtherResult(a, b) { return .apart(.counted) }
            // How long one thing takes or reaches says nothing of another.
            if Self.spans.contains(a.dimension), counted == nil,
                a.predicate == nil || a.predicate != b.predicate, a.claim.predicate != b.claim.predicate
            {
                return .apart(.counted)
            }
            if !Bearer.isSame(a, b) || Owner.isApart(a, b) || Assailants.isApart(a, b) {
                return .apart(.subject)
            }
            if Self.isOfOtherYears(a.claim, b.claim) || Period.isApart(a.periods, b.periods) {
                return .apart(.time)
            }
            if EventOrder.isApart(a.order, b.order) { return .apart(.event) }
        }
        // What takes longest is worked out where nothing tells the two apart.
        let evidence = Evidence(a, b, place: place ?? 0, counted: counted)
        if !isOneNumber {
            // "86 people had been on shift" tells no happening: beside the dead only much common wording ties it to them.
            if a.dimension == "people", evidence[.predicateHalf] == 1, evidence[.everybody] == 1,
                evidence[.numberNear] == 0, evidence[.sentence] < Self.untoldContext
            {
                return .apart(.predicate)
            }
        }
        return .kin(FigureWeights.likelihood(of: evidence))
    }

    /// Returns what speaks for and against one figure, as the regression sees it; `nil` for two dimensions.
    func evidence(_ a: Claim, _ b: Claim) -> Evidence? {
        let first = ClaimProfile(a)
        let second = ClaimProfile(b)
        guard first.dimension == second.dimension else { return nil }
        return Evidence(
            first,
            second,
            place: PlaceScope.likeness(first.place, second.place) ?? 0,
            counted: first.counted.likeness(to: second.counted)
        )
    }

    /// Whether two voices speak of a country, and one of "the country" that it does not name: each speaks of its own.
    private func isOfTwoCountries(_ a: ClaimProfile, _ b: ClaimProfile) -> Bool {
        guard let one = a.place, let other = b.place, one.isWide, other.isWide,
            one.isUnnamedCountry || other.isUnnamedCountry
        else { return false }
        let first = Words.content(of: a.claim.attribution ?? "")
        let second = Words.content(of: b.claim.attribution ?? "")
        return !first.isEmpty && !second.isEmpty && first.isDisjoint(with: second)
    }

    /// Whether one tells only that a measure rose or fell, of the thing that the other tells more of.
    ///
    /// Help that was pledged is doubled, and land burns in a fire that grows. The price of a deal is one, whatever its verbs.
    private func isMoved(_ a: ClaimProfile, _ b: ClaimProfile, counted: Double?) -> Bool {
        if PredicateWords.isDeal(a.claim), PredicateWords.isDeal(b.claim) { return true }
        guard [a, b].contains(where: { Self.moves.contains($0.predicate?.name ?? "") }) else { return false }
        if a.dimension == "area" { return true }
        let isShare = a.dimension == "share" && a.claim.kind == .total && b.claim.kind == .total
        return (a.claim.quantity.isMoney || isShare) && (counted ?? 0) >= 0.7 && !a.counted.isEverybody
    }

    /// Whether two sums are what is left at two steps of a company's account: an operating and a net loss.
    private static func isOfOtherResult(_ a: ClaimProfile, _ b: ClaimProfile) -> Bool {
        guard a.claim.quantity.isMoney || a.claim.quantity.unit == "percent" else { return false }
        let first = a.counted.modifiers.intersection(steps)
        let second = b.counted.modifiers.intersection(steps)
        return !first.isEmpty && !second.isEmpty && first.isDisjoint(with: second)
    }

    private static let steps = Set(["gross", "net", "operating", "pretax"].map { Words.stem(of: $0) })

    /// What only tells that a number is another one now.
    private static let moves: Set<String> = ["cut", "fall", "raise", "rise"]
    private static let spans: Set<String> = ["length", "time"]

    /// The common wording that ties a number of nothing told to a figure of a class.
    private static let untoldContext = 0.5

    /// Returns the dimension that a claim's unit measures; things that are counted by their own noun are of one, so that
    /// ``Counted`` alone says whether shops and stores are the same.
    static func dimension(of claim: Claim) -> String {
        let unit = claim.quantity.unit
        if let dimension = UnitOfMeasure.named(unit)?.dimension { return dimension }
        return own.contains(unit) || claim.quantity.isMoney ? unit : things
    }

    /// The dimension of what is counted by its own noun.
    static let things = "things"

    /// Units of no table that are of one kind of thing alone.
    private static let own: Set<String> = ["people", "ratio", "seat", "vote"]

    /// Whether two numbers are of one kind: a share of a whole and its percentage are, as are the counts of one part.
    static func isSameKind(_ a: ClaimProfile, _ b: ClaimProfile) -> Bool {
        if a.claim.kind == b.claim.kind { return true }
        let kinds: Set<Claim.Kind> = [a.claim.kind, b.claim.kind]
        if kinds == [.share, .total] { return a.dimension == "share" }
        guard kinds == [.part, .total], let first = a.place, let second = b.place else { return false }
        return PlaceScope.likeness(first, second) == 1
    }

    /// Whether two places may be one: `nil` may be any, a spelling apart is the same.
    static func isSamePlace(_ a: String?, _ b: String?) -> Bool { PlaceScope.likeness(a, b) != nil }

    /// Whether one number is of all the years since a stated one and the other of none: "has cut 4,500 jobs since 2019".
    ///
    /// The toll of a war is told with and without its first year.
    static func isOfOtherYears(_ a: Claim, _ b: Claim) -> Bool {
        guard (a.timeScope == nil) != (b.timeScope == nil), PredicateWords.nature(of: a) != .cumulative,
            let scope = a.timeScope ?? b.timeScope, scope.hasPrefix("since ")
        else { return false }
        return !isSameScope(a.timeScope, b.timeScope)
    }

    /// Whether two scopes of time may be one: `nil` may be any of the event's own time, not one that began in an
    /// earlier year ("since 2019").
    static func isSameScope(_ a: String?, _ b: String?) -> Bool {
        guard let a, let b else {
            guard let scope = a ?? b else { return true }
            return !scope.split(separator: " ").contains {
                $0.count == 4 && $0.allSatisfy(\.isNumber)
            }
        }
        return Words.content(of: a) == Words.content(of: b) && a.filter(\.isNumber) == b.filter(\.isNumber)
    }

    /// Returns the part of the shorter sentence's content words that the other has too, 0 to 1.
    static func contextLikeness(_ a: Claim, _ b: Claim) -> Double {
        overlap(Words.content(of: a.sentence), Words.content(of: b.sentence), least: 4)
    }

    /// Returns the part of the smaller set that both have, taken to be at least of some size.
    static func overlap(_ a: Set<String>, _ b: Set<String>, least: Int) -> Double {
        let smaller = min(a.count, b.count)
        return smaller == 0 ? 0 : Double(sharedCount(a, b)) / Double(max(least, smaller))
    }

    /// Returns how many words two sets have in common.
    static func sharedCount(_ a: Set<String>, _ b: Set<String>) -> Int {
        let (fewer, more) = a.count <= b.count ? (a, b) : (b, a)
        var count = 0
        for word in fewer where more.contains(word) { count += 1 }
        return count
    }
}

extension FigureMatcher {
    /// Dimensions that few things of a story are measured in.
    static let rareDimensions: Set<String> = [
        "area", "concentration", "energy", "magnitude", "mass", "mass_concentration", "power", "speed",
        "temperature",
        "volume",
    ]

    /// Verbs that say nothing of what happened: of standing and moving.
    static let lightVerbs: Set<String> = [
        "be", "bring", "climb", "come", "confirm", "count", "estimate", "exceed", "give", "go", "grow",
        "have", "include",
        "increase", "jump", "make", "pass", "put", "reach", "record", "remain", "report", "say", "show",
        "stand",
        "stand at", "surpass", "take", "tell", "total",
    ]

    private func ageLikeness(_ a: Claim, _ b: Claim) -> Double? {
        // "teenagers aged 16 to 17" is a bracket, and nobody's age.
        if isBracket(a) != isBracket(b) || isBracket(a) && a.quantity != b.quantity { return nil }
        guard let likeness = PersonWords.likeness(a, b) else { return nil }
        let first = Interval(a.quantity.inYears)
        let second = Interval(b.quantity.inYears)
        let apart =
            first.overlaps(second)
            ? 0 : first.centre > second.centre ? first.centre - second.centre : second.centre - first.centre
        if likeness > 0 { return apart <= ageReachYears * 4 ? 0.95 - min(0.2, Self.part(apart) / 50) : nil }
        return apart <= ageReachYears ? 0.8 - Self.part(apart) / 50 : nil
    }

    /// Whether an age is a range for several: the word that bears it is in the plural.
    private func isBracket(_ claim: Claim) -> Bool {
        guard claim.quantity.low != claim.quantity.high, let head = claim.head else { return false }
        let stem = Words.stem(of: head)
        return Words.all(of: claim.counted ?? "").contains {
            $0.text != head && Words.stem(of: $0.text) == stem
        }
    }

    private static func part(_ years: Decimal) -> Double { Double("\(years)") ?? 0 }

    /// Whether two names are spellings of one: at most two letters apart.
    static func isSpelling(_ a: String, of b: String) -> Bool {
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
