import FoundationEssentials
import TallyModel

/// Two voices of one article that give two numbers of one thing, the second right after the first: "Police said that 3,000
/// took part. The organisers said 25,000 had come."
///
/// What the second voice leaves out, a reader takes from the first; so its noun and its verb need not be told again.
/// Of 14 such pairs in as many kinds of news, four were found without this rule.
enum Rivalry {
    /// Returns the claim of whose matter another voice tells a number; `nil` where the claim stands for itself.
    ///
    /// - Parameters:
    ///   - new: A claim.
    ///   - claims: All claims of its article, in order.
    /// - Returns: The last claim before it that may be of the same, if it is of another voice.
    static func antecedent(of new: SourcedClaim, in claims: [SourcedClaim]) -> SourcedClaim? {
        let last = claims.last {
            $0.claim.start < new.claim.start && $0.claim.modality == .asserted
                && FigureMatcher.dimension(of: $0.claim) == FigureMatcher.dimension(of: new.claim)
                && $0.claim.kind != .part && Interval($0.claim.quantity).high != 0
        }
        return last.flatMap { isTold(new, after: $0) ? $0 : nil }
    }

    /// Returns the standing claim of a figure that tells what the next voice of the article tells: "350,000 according to the
    /// union, 86,000 according to the prefecture", of which the second is known.
    ///
    /// - Parameters:
    ///   - first: A claim.
    ///   - claims: All claims of its article, in order.
    ///   - book: The figures of the story.
    /// - Returns: The known claim against which the first stands; `nil` where no voice follows, or none knows what it tells.
    static func known(
        beside first: SourcedClaim,
        in claims: [SourcedClaim],
        of book: FigureBook
    ) -> SourcedClaim? {
        guard
            let next = claims.first(where: {
                $0.claim.start > first.claim.start
                    && FigureMatcher.dimension(of: $0.claim) == FigureMatcher.dimension(of: first.claim)
            }), next.claim.sentence == first.claim.sentence, isTold(next, after: first)
        else { return nil }
        let number = Interval(next.claim.quantity)
        let own = Interval(first.claim.quantity)
        let holders = book.figures.filter { figure in
            figure.claims.contains { $0.isStanding && Interval($0.sourced.claim.quantity) == number }
                && !figure.claims.contains { Interval($0.sourced.claim.quantity) == own }
        }
        guard holders.count == 1 else { return nil }
        return holders[0].claims.last { $0.isStanding && Interval($0.sourced.claim.quantity) == number }?
            .sourced
    }

    /// Whether a claim is told as another voice's number of what one of its article and dimension counts.
    private static func isTold(_ new: SourcedClaim, after old: SourcedClaim) -> Bool {
        guard isBehind(new.claim, old.claim),
            new.claim.kind == old.claim.kind || new.claim.quantity.unit == "percent",
            Party(new).isRival(of: Party(old)) || isOpposed(new.claim, to: old.claim),
            !isOfTwoPlaces(new.claim, old.claim),
            isVoice(new.claim), isVoice(old.claim),
            PlaceScope.likeness(new.claim.place, old.claim.place) != nil,
            new.claim.timeScope == old.claim.timeScope, !isFar(new.claim, from: old.claim),
            !isOfNation(new.claim), !isOfNation(old.claim),
            !PlacePart.isPossible(new.claim, old.claim)
        else { return false }
        return isOneHappening(new.claim, old.claim) && isOneThing(new.claim, old.claim)
    }

    /// Whether a named voice is set against what the text itself tells: a "But" begins its sentence.
    private static func isOpposed(_ new: Claim, to old: Claim) -> Bool {
        guard new.attribution != nil, old.attribution == nil, new.sentence != old.sentence else {
            return false
        }
        return Words.all(of: new.sentence).first.map { contrasts.contains($0.text) } ?? false
    }

    private static let contrasts: Set<String> = ["but", "however", "yet"]

    /// Whether somebody speaks: what holds a number of its own is measured sooner than it tells.
    private static func isVoice(_ claim: Claim) -> Bool {
        !(claim.attribution ?? "").contains(where: \.isNumber)
    }

    /// Whether a voice is a country or a region by its bare name, which tells of its own; two countries at odds name each
    /// other.
    private static func isOfTwoPlaces(_ a: Claim, _ b: Claim) -> Bool {
        let places = [a, b].filter { $0.attribution.map(Gazetteer.isPlace) ?? false }
        guard !places.isEmpty else { return false }
        let first = a.attribution.flatMap(Gazetteer.country)
        let second = b.attribution.flatMap(Gazetteer.country)
        guard let first, let second else { return true }
        return !NamedPlaces(a.sentence).nations.contains(second)
            && !NamedPlaces(b.sentence).nations.contains(first)
    }

    /// Whether a claim stands in the same sentence as another, behind it, or in the next one.
    private static func isBehind(_ new: Claim, _ old: Claim) -> Bool {
        guard new.start > old.start else { return false }
        if new.sentence == old.sentence { return isParted(new) }
        let length = old.sentence.unicodeScalars.count + new.sentence.unicodeScalars.count
        return new.start - old.start < length + gap
    }

    /// Whether a sentence gives each of its two numbers a clause, and sets them against each other.
    private static func isParted(_ new: Claim) -> Bool {
        if new.sentence.contains(";") { return true }
        let words = Words.all(of: new.sentence).map(\.text)
        return words.contains(where: parting.contains) || words.count(where: { $0 == "according" }) > 1
    }

    private static let parting: Set<String> = ["but", "although", "though", "whereas", "while"]

    /// Whether the numbers are so far apart that they are of two scopes: of a day, and of all days.
    private static func isFar(_ a: Claim, from b: Claim) -> Bool {
        let first = Interval(a.quantity).centre
        let second = Interval(b.quantity).centre
        guard first > 0, second > 0 else { return false }
        return max(first, second) > min(first, second) * farRatio
    }

    /// How many times larger another voice's number of the same is at most.
    private static let farRatio: Decimal = 12

    /// Whether a country itself speaks, which counts its own.
    private static func isOfNation(_ claim: Claim) -> Bool {
        claim.attribution.map { Gazetteer.country($0) != nil } ?? false
    }

    /// How many characters lie between two sentences at most: a blank line.
    private static let gap = 2

    /// Whether the second tells nothing of what happened, or what the first tells.
    private static func isOneHappening(_ new: Claim, _ old: Claim) -> Bool {
        guard let told = PredicateWords.predicateClass(of: new) else {
            guard let predicate = new.predicate, predicate != old.predicate else { return isElliptic(new) }
            return FigureMatcher.lightVerbs.contains(predicate) && isElliptic(new)
        }
        guard let known = PredicateWords.predicateClass(of: old) else { return false }
        return told == known || PredicateWords.isNear(told, known)
            || losses.isSuperset(of: [told.name, known.name])
    }

    /// Whether a claim leaves out what it counts: its noun does not stand behind its number.
    ///
    /// "The company's total of 97" is not told of the number before it.
    private static func isElliptic(_ claim: Claim) -> Bool {
        if ["count", "figure", "number", "tally", "total"].contains(where: {
            Words.range(of: "\($0) of \(claim.surface)", in: claim.sentence) != nil
        }) {
            return false
        }
        guard let head = claim.head, let behind = Words.behind(claim) else { return true }
        return !behind.prefix(nounReach).contains { Words.stem(of: $0.text) == Words.stem(of: head) }
    }

    /// How many words behind a number its noun stands at most.
    private static let nounReach = 4

    /// What one side does to the other, and the other says to have lost.
    private static let losses: Set<String> = ["destroy", "lose"]

    /// Whether both count one thing; where one of them names it more widely, only the wider one's larger part is none.
    private static func isOneThing(_ new: Claim, _ old: Claim) -> Bool {
        let first = Counted(new)
        let second = Counted(old)
        if first == second { return true }
        guard first.isEverybody || second.isEverybody else {
            return (first.likeness(to: second) ?? 0) >= likeness
        }
        if first.isEverybody, second.isEverybody { return true }
        // 31 civilians are none of nine people, and two soldiers may be.
        let (narrow, wide) = first.isEverybody ? (old, new) : (new, old)
        return Interval(narrow.quantity).isAbove(Interval(wide.quantity))
            || narrow.start < wide.start && PredicateWords.predicateClass(of: wide) == nil
    }

    /// How alike what two voices count must be, 0 to 1.
    private static let likeness = 0.7
}
