import FoundationEssentials
import TallyModel

/// Whether two claims of one story speak of one event of it.
///
/// An article tells by its whole text which story it belongs to; a headline by eight words, and many events of one kind
/// share those: a pandemic in two countries, two raids of one war. Of 3,013 contradictions that 90,834 headlines and
/// bulletins raised without this rule, a sample of 40 held 38 that set two countries, towns or firms against each other.
/// With names and seven days it raised 204; with two days, and without the names of countries and regions, 88, of which
/// some 13 of a sample of 40 told one thing in two numbers. With the next day's bulletins, texts of four hundred
/// bytes for whole ones, and what ``OtherThing`` explains, 41 were left, of which some 29 did. Most of the others told one
/// kind of doing of two nations (who sends troops, whose floods): where no two countries lead their sentences apart, 33 are
/// left, of which some 26 do, and three may be read either way.
enum EventTie {
    /// Whether two claims may be of one event: both stand in whole articles of a small story, or names tie them.
    ///
    /// - Parameters:
    ///   - a: The later claim.
    ///   - b: The earlier claim.
    ///   - story: The story of both.
    ///   - reading: The later article; a bulletin of a few sentences is no more than a headline.
    /// - Returns: Whether a difference between them is worth telling.
    static func mayBeOne(_ a: SourcedClaim, _ b: SourcedClaim, in story: Story, of reading: Reading) -> Bool {
        if a.article.id == b.article.id { return true }
        let length = reading.text.utf8.count
        let apart = abs(a.article.published.timeIntervalSince(b.article.published))
        // "in the past 24 hours" is of another day.
        if isDaily(a.claim) || isDaily(b.claim), apart >= dailySpan { return false }
        if story.articleCount < manyArticles, isWhole(a, length), !isHeadline(a), !isHeadline(b) {
            return true
        }
        guard reading.isDated, apart <= span, !isOfTwoSpans(a.claim, b.claim), !isOfTwoNations(a, b) else {
            return false
        }
        if isDaily(a.claim) || isDaily(b.claim), !isOfOnePlace(a, b) { return false }
        if apart >= dailySpan, isAnotherDay(a.claim, after: b.claim) { return false }
        let common = commonTerms(of: story)
        let first = names(of: a).subtracting(common)
        let second = names(of: b).subtracting(common)
        if !first.isEmpty, !second.isEmpty { return !first.isDisjoint(with: second) }
        let shared = words(of: a).intersection(words(of: b)).subtracting(common)
        return shared.count >= sharedWords
    }

    /// How long the headlines of one event may lie apart, in seconds.
    private static let span: TimeInterval = 2 * 86_400
    /// How far apart two articles count two days, in seconds.
    static let dailySpan: TimeInterval = 20 * 3_600
    /// The length of a text that tells its story by itself, in UTF-8 bytes: some seventy words.
    private static let bulletinLength = 400
    /// How many content words tie two headlines of which one names nobody.
    private static let sharedWords = 3
    /// How many articles make a story a running one, whose own subject tells its events no more apart.
    private static let manyArticles = 12

    /// Whether each sentence names a country, and neither the other's: who sends troops, who is fined, whose floods.
    private static func isOfTwoNations(_ a: SourcedClaim, _ b: SourcedClaim) -> Bool {
        let first = NamedPlaces(a.claim.sentence)
        let second = NamedPlaces(b.claim.sentence)
        if NamedPlaces.areLedApart(first, second) { return true }
        let nations = second.nations
        return !nations.isEmpty && !first.nations.isEmpty && first.nations.isDisjoint(with: nations)
    }

    /// The terms that every article of a running story has.
    private static func commonTerms(of story: Story) -> Set<String> {
        guard story.articleCount >= manyArticles else { return [] }
        return Set(story.terms.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(5).map(\.key))
    }

    /// Whether a text is an article's, and no bulletin of a long sentence; one that is not known is.
    private static func isWhole(_ sourced: SourcedClaim, _ length: Int) -> Bool {
        length == 0 || length >= bulletinLength && sourced.claim.sentence.utf8.count * 2 < length
    }

    /// Whether two times are told of two doings: how long one thing takes says nothing of how long another does.
    private static func isOfTwoSpans(_ a: Claim, _ b: Claim) -> Bool {
        guard FigureMatcher.dimension(of: a) == "time", let first = a.predicate, let second = b.predicate
        else {
            return false
        }
        return first != second
    }

    /// Whether a bulletin tells fewer of those who came to harm, and of no toll: the next day's clash, and not the last one's.
    private static func isAnotherDay(_ new: Claim, after old: Claim) -> Bool {
        guard PredicateWords.nature(of: new) == .cumulative, new.quantity.unit == "people",
            Interval(old.quantity).isAbove(Interval(new.quantity))
        else { return false }
        return !Words.all(of: new.sentence).contains { tolls.contains($0.text) }
            && !CorrectionWords.isCorrection(new.sentence)
    }

    static let tolls: Set<String> = ["count", "number", "tally", "toll", "total"]

    /// Whether one voice counts both, or both are of one place that they name: each country counts its own days.
    private static func isOfOnePlace(_ a: SourcedClaim, _ b: SourcedClaim) -> Bool {
        let first = Party(a)
        if !first.words.isEmpty, first.isSameSide(as: Party(b)) { return true }
        guard let place = a.claim.place, place.contains(where: \.isUppercase) else { return false }
        return PlaceScope.likeness(place, b.claim.place) == 1
    }

    /// Whether a number is of one day: what came on top since yesterday.
    static func isDaily(_ claim: Claim) -> Bool {
        if claim.kind == .increment { return true }
        guard let scope = claim.timeScope else { return false }
        return scope.hasSuffix("24 hours") || scope == "per day"
    }

    private static func names(of sourced: SourcedClaim) -> Set<String> {
        // Two events of one country share its name.
        Set(sourced.claim.names.filter { !Gazetteer.words.contains($0) }.map { Words.stem(of: $0) })
    }

    private static func words(of sourced: SourcedClaim) -> Set<String> {
        Set(
            Words.all(of: sourced.claim.sentence).map(\.text)
                .filter {
                    !Words.isNumber($0) && $0.utf8.count > 2 && $0.count > 2
                        && !PredicateWords.isPredicate($0)
                }
                .map { Words.stem(of: $0) }
        ).subtracting(StopWords.all)
    }

    /// Whether a claim stands in a headline or a bulletin of one sentence, and not in an article's text.
    private static func isHeadline(_ sourced: SourcedClaim) -> Bool {
        let title = sourced.article.title
        let sentence = sourced.claim.sentence
        return title.isEmpty || Words.range(of: sentence, in: title) != nil
            || Words.range(of: title, in: sentence) != nil
    }
}
