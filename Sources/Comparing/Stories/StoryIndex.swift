import FoundationEssentials
import Glibc
public import TallyModel

/// Finds the story of an article: an inverted index over recent stories, fed in order of arrival.
public struct StoryIndex: Sendable {
    private let configuration: ComparingConfiguration
    private var stories: [Story] = []
    private var positions: [String: Int] = [:]
    /// Every term by its number, so that the scan of candidates compares no texts.
    private var numbers: [String: Int] = [:]
    /// The terms of each story, by their numbers.
    private var numbered: [[(term: Int, weight: Double)]] = []
    private var postings: [Posting] = []
    /// When the newest article of each story came, in seconds since 2001.
    private var lastTimes: [Double] = []
    /// How many of an article's terms each story has, all 0 between two articles.
    private var hits: [Int32] = []
    /// The articles of each story whose sketches are kept, the newest last.
    private var sketched: [[String]] = []
    private var storiesByTerm: [Int] = []
    /// The logarithm of the number of stories, against which a term's is held.
    private var storyLogarithm = log(21.0)

    /// The stories that a term was posted for, in the order of their beginning.
    private struct Posting {
        var stories: [Int] = []
        /// No newest article of these stories is older; it only ever grows younger.
        var oldest = Double.infinity
    }

    /// Creates an index over the stories that are stored.
    public init(stories: [Story], configuration: ComparingConfiguration = .init()) {
        self.configuration = configuration
        for story in stories.sorted(by: { ($0.lastArticleAt, $0.id) < ($1.lastArticleAt, $1.id) }) {
            insert(story)
        }
    }

    /// Returns the story of an article and takes the article into it.
    ///
    /// - Parameters:
    ///   - reading: The article.
    ///   - knownStoryID: The story that an earlier revision of the article belongs to; `nil` for a new article.
    /// - Returns: The story as the article has updated it. Cost follows the stories that share the rarer terms.
    public mutating func place(_ reading: Reading, knownStoryID: String?) -> Placement {
        let words = Words.all(of: reading.text)
        let terms = Terms.weights(title: reading.article.title, words: words)
        let sketch = Sketch.digests(of: words.map(\.text))
        let published = reading.article.published
        let known = knownStoryID.flatMap { positions[$0] }
        guard
            let position = known
                ?? bestStory(for: terms, isWhole: words.count >= Self.wholeLength, at: published)
        else {
            var story = Story(
                id: Identifier.derived("story_", from: [reading.article.id]),
                title: reading.article.title,
                terms: capped(terms),
                at: published
            )
            story.sketches[reading.article.id] = sketch
            insert(story)
            return Placement(story: story, isNew: true, nearCopyOf: nil)
        }
        let copy =
            known == nil ? original(of: sketch, articleID: reading.article.id, in: stories[position]) : nil
        join(
            position,
            terms: terms,
            sketch: sketch,
            reading: reading,
            isRevision: known != nil,
            isCopy: copy != nil
        )
        return Placement(story: stories[position], isNew: false, nearCopyOf: copy)
    }
}

extension StoryIndex {
    /// The length of a text that tells its story by itself, in words.
    private static let wholeLength = 70

    private mutating func insert(_ story: Story) {
        guard positions[story.id] == nil else { return }
        let position = stories.count
        positions[story.id] = position
        stories.append(story)
        storyLogarithm = log(Double(stories.count) + 20)
        lastTimes.append(story.lastArticleAt.timeIntervalSinceReferenceDate)
        hits.append(0)
        numbered.append([])
        sketched.append(story.sketches.keys.sorted())
        renumber(position)
        for term in story.terms.keys { post(term, at: position) }
    }

    private mutating func number(of term: String) -> Int {
        if let number = numbers[term] { return number }
        let number = postings.count
        numbers[term] = number
        postings.append(Posting())
        storiesByTerm.append(0)
        return number
    }

    private mutating func renumber(_ position: Int) {
        // In one order, so that sums do not depend on the order of a dictionary.
        let terms = stories[position].terms.sorted { $0.key < $1.key }
        numbered[position] = terms.map { (number(of: $0.key), $0.value) }
    }

    private mutating func post(_ term: String, at position: Int) {
        let number = number(of: term)
        postings[number].stories.append(position)
        postings[number].oldest = min(postings[number].oldest, lastTimes[position])
        storiesByTerm[number] += 1
    }

    /// The logarithms of the numbers of stories that most terms are in.
    private static let logarithms = (0..<4_096).map { log(Double($0) + 0.5) }

    /// The weight of a term: the rarer among the stories, the heavier.
    private func rarity(of term: String) -> Double {
        rarity(storiesByTerm: numbers[term].map { storiesByTerm[$0] } ?? 0)
    }

    private func rarity(storiesByTerm count: Int) -> Double {
        let held = count < Self.logarithms.count ? Self.logarithms[count] : log(Double(count) + 0.5)
        return max(0.1, storyLogarithm - held)
    }

    /// Returns the story that an article joins; an article of some length may return to a story that had ended.
    private mutating func bestStory(for terms: [String: Double], isWhole: Bool, at published: Date) -> Int? {
        let weighted = terms.map { (term: $0.key, weight: $0.value * rarity(of: $0.key)) }
            .sorted { ($1.weight, $0.term) < ($0.weight, $1.term) }
        var sought = [Int: Double](minimumCapacity: weighted.count)
        var own = 0.0
        for (term, weight) in weighted {
            own += weight * weight
            if let number = numbers[term] { sought[number] = weight }
        }
        let near = Double(configuration.storyWindowDays) * 86_400
        let now = published.timeIntervalSinceReferenceDate
        let rare = weighted.prefix(30).map(\.term)
        func best(of candidates: [Int], least: Double) -> Int? {
            var best: (position: Int, likeness: Double)?
            for position in candidates {
                let likeness = likeness(of: sought, length: own, to: position)
                if likeness >= least, likeness > best?.likeness ?? 0 { best = (position, likeness) }
            }
            return best?.position
        }
        let recent = candidates(of: rare, within: 0...near, of: now)
        if let found = best(of: recent, least: configuration.storyThreshold) { return found }
        guard isWhole else { return nil }
        let ended = candidates(
            of: rare,
            within: near...Double(configuration.storyReturnDays) * 86_400,
            of: now
        )
        return best(of: ended, least: configuration.storyThreshold * configuration.storyReturnFactor)
    }

    /// Returns the stories of a time that have the most of some terms, those before the others.
    private mutating func candidates(
        of terms: [String],
        within span: ClosedRange<Double>,
        of now: Double
    ) -> [Int] {
        let reach = Double(configuration.storyWindowDays) * 86_400
        let times = lastTimes
        var found: [Int] = []
        for term in terms {
            guard let number = numbers[term] else { continue }
            if postings[number].stories.count > 64, now - postings[number].oldest > reach * 2 {
                postings[number].stories.removeAll { now - times[$0] > reach * 2 }
                postings[number].oldest = postings[number].stories.reduce(.infinity) {
                    min($0, times[$1])
                }
            }
            for position in postings[number].stories.suffix(2_000) {
                if hits[position] == 0 { found.append(position) }
                hits[position] += 1
            }
        }
        var ranked: [(count: Int32, position: Int)] = []
        for position in found {
            if span.contains(abs(now - times[position])) { ranked.append((hits[position], position)) }
            hits[position] = 0
        }
        return ranked.sorted { ($1.count, $0.position) < ($0.count, $1.position) }.prefix(24).map(\.position)
    }

    /// The cosine of an article's weighted terms and a story's.
    private func likeness(of sought: [Int: Double], length own: Double, to position: Int) -> Double {
        var dot = 0.0
        var other = 0.0
        for (term, held) in numbered[position] {
            let weight = held * rarity(storiesByTerm: storiesByTerm[term])
            other += weight * weight
            if let own = sought[term] { dot += own * weight }
        }
        guard own > 0, other > 0 else { return 0 }
        return dot / (own * other).squareRoot()
    }

    private func original(of sketch: [UInt32], articleID: String, in story: Story) -> String? {
        var best: (id: String, part: Double)?
        for (id, known) in story.sketches where id != articleID {
            let part = Sketch.containment(of: sketch, in: known)
            guard part >= configuration.nearCopyThreshold else { continue }
            // The order of a dictionary tells nothing.
            if let held = best, held.part > part || (held.part == part && held.id < id) { continue }
            best = (id, part)
        }
        return best?.id
    }

    private mutating func join(
        _ position: Int,
        terms: [String: Double],
        sketch: [UInt32],
        reading: Reading,
        isRevision: Bool,
        isCopy: Bool
    ) {
        let published = reading.article.published
        stories[position].lastArticleAt = max(stories[position].lastArticleAt, published)
        lastTimes[position] = stories[position].lastArticleAt.timeIntervalSinceReferenceDate
        stories[position].firstArticleAt = min(stories[position].firstArticleAt, published)
        keep(sketch, of: reading.article.id, at: position)
        if !isRevision { stories[position].articleCount += 1 }
        guard !isRevision, !isCopy else { return }
        let before = stories[position].terms
        var merged = before
        let share = 1 / Double(min(stories[position].articleCount, 4))
        for (term, weight) in merged { merged[term] = weight * (1 - share * 0.5) }
        for (term, weight) in terms { merged[term, default: 0] += weight * share }
        let kept = capped(merged)
        stories[position].terms = kept
        renumber(position)
        for term in kept.keys where before[term] == nil { post(term, at: position) }
    }

    private mutating func keep(_ sketch: [UInt32], of articleID: String, at position: Int) {
        if stories[position].sketches.updateValue(sketch, forKey: articleID) == nil {
            sketched[position].append(articleID)
        }
        if sketched[position].count > Story.sketchesInMemory {
            stories[position].sketches[sketched[position].removeFirst()] = nil
        }
    }

    private func capped(_ terms: [String: Double]) -> [String: Double] {
        guard terms.count > configuration.maximumTermsPerStory else { return terms }
        let ranked = terms.map { ($0.key, $0.value, $0.value * rarity(of: $0.key)) }
            .sorted { ($1.2, $0.0) < ($0.2, $1.0) }
            .prefix(configuration.maximumTermsPerStory)
        return Dictionary(uniqueKeysWithValues: ranked.map { ($0.0, $0.1) })
    }
}
