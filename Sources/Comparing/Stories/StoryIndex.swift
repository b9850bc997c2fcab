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
    private var postings: [[Int]] = []
    /// The articles of each story whose sketches are kept, the newest last.
    private var sketched: [[String]] = []
    private var storiesByTerm: [Int] = []

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
        guard let position = known ?? bestStory(for: terms, sketch: sketch, at: published) else {
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
    private mutating func insert(_ story: Story) {
        guard positions[story.id] == nil else { return }
        let position = stories.count
        positions[story.id] = position
        stories.append(story)
        numbered.append([])
        sketched.append(story.sketches.keys.sorted())
        renumber(position)
        for term in story.terms.keys { post(term, at: position) }
    }

    private mutating func number(of term: String) -> Int {
        if let number = numbers[term] { return number }
        let number = postings.count
        numbers[term] = number
        postings.append([])
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
        postings[number].append(position)
        storiesByTerm[number] += 1
    }

    /// The weight of a term: the rarer among the stories, the heavier.
    private func rarity(of term: String) -> Double {
        rarity(storiesByTerm: numbers[term].map { storiesByTerm[$0] } ?? 0)
    }

    private func rarity(storiesByTerm count: Int) -> Double {
        let total = Double(max(stories.count, 1)) + 20
        return max(0.1, -log((Double(count) + 0.5) / total))
    }

    private mutating func bestStory(for terms: [String: Double], sketch: [UInt32], at published: Date) -> Int?
    {
        let weighted = terms.map { (term: $0.key, weight: $0.value * rarity(of: $0.key)) }
            .sorted { ($1.weight, $0.term) < ($0.weight, $1.term) }
        let reach = Double(configuration.storyWindowDays) * 86_400
        var hits: [Int: Int] = [:]
        for (term, _) in weighted.prefix(30) {
            guard let number = numbers[term] else { continue }
            var list = postings[number]
            if list.count > 64 {
                list.removeAll { published.timeIntervalSince(stories[$0].lastArticleAt) > reach * 2 }
                postings[number] = list
            }
            for position in list.suffix(2_000) { hits[position, default: 0] += 1 }
        }
        let candidates = hits.filter {
            abs(published.timeIntervalSince(stories[$0.key].lastArticleAt)) <= reach
        }
        .sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(24)
        var best: (position: Int, likeness: Double)?
        var sought = [Int: Double](minimumCapacity: weighted.count)
        var own = 0.0
        for (term, weight) in weighted {
            own += weight * weight
            if let number = numbers[term] { sought[number] = weight }
        }
        for (position, _) in candidates {
            let likeness = likeness(of: sought, length: own, to: position)
            if likeness >= configuration.storyThreshold, likeness > best?.likeness ?? 0 {
                best = (position, likeness)
            }
        }
        return best?.position
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
