import TallyModel

/// Which watch takes a figure.
struct WatchMatcher: Sendable {
    /// A watched figure with the words of its measure read.
    struct Measure {
        /// The watched figure.
        let figure: WatchedFigure
        /// What it counts.
        let counted: Counted
        /// The class of what happened to it; `nil` where its words name none.
        let predicate: PredicateClass?
    }

    private let watches: [Watch]

    /// Creates a matcher of some watches, the first that fits wins.
    init(watches: [Watch]) { self.watches = watches }

    /// Returns the watches that take a story with an article of it in hand.
    func watches(of story: Story, text: String) -> [Watch] {
        guard !watches.isEmpty else { return [] }
        let words = Set(Words.all(of: story.title + "\n" + text).map(\.text)).union(story.terms.keys)
        return watches.filter { watch in
            watch.about.allSatisfy { about in Words.all(of: about).allSatisfy { words.contains($0.text) } }
        }
    }

    /// Returns the watch, and its figure, that takes a claim's figure; named figures come before whole stories.
    static func reference(for claim: Claim, in watches: [Watch]) -> (WatchReference, WatchedFigure?)? {
        for watch in watches {
            if let figure = watch.figures.first(where: { takes(measure(of: $0), claim) }) {
                return (WatchReference(watch: watch.name, figure: figure.name), figure)
            }
        }
        guard let watch = watches.first(where: { $0.figures.isEmpty }) else { return nil }
        return (WatchReference(watch: watch.name, figure: nil), nil)
    }

    /// Returns the reading of a watched figure's plain words.
    static func measure(of figure: WatchedFigure) -> Measure {
        let words = Words.all(of: figure.measure)
        let noun = words.prefix { !PredicateWords.isPredicate($0.text) || $0.isCapitalised }
        let phrase =
            noun.isEmpty ? words.map(\.text) : noun.map { $0.isCapitalised ? capitalised($0.text) : $0.text }
        // A leading word keeps the capital of a name from being taken for the start of a sentence.
        return Measure(
            figure: figure,
            counted: Counted(phrase: "the " + phrase.joined(separator: " "), head: nil),
            predicate: PredicateWords.predicateClass(in: words.map(\.text))
        )
    }

    private static func takes(_ measure: Measure, _ claim: Claim) -> Bool {
        if let unit = measure.figure.unit {
            let dimension = UnitOfMeasure.named(unit)?.dimension ?? unit
            guard dimension == FigureMatcher.dimension(of: claim) else { return false }
        }
        if let wanted = measure.predicate, wanted.name != claim.predicate { return false }
        let counted = Counted(claim)
        guard let likeness = measure.counted.likeness(to: counted) else { return false }
        return likeness >= 0.5
    }

    private static func capitalised(_ word: String) -> String {
        word.prefix(1).uppercased() + word.dropFirst()
    }
}
