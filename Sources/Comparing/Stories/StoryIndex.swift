import FoundationEssentials
public import TallyModel

/// Finds the story of an article: an inverted index over recent stories, fed in order of arrival.
public struct StoryIndex: Sendable {
    private let configuration: ComparingConfiguration
    private var stories: [Story] = []
    private var positions: [String: Int] = [:]
    private var postings: [String: [Int]] = [:]
    private var storiesByTerm: [String: Int] = [:]

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
        for term in story.terms.keys { post(term, at: position) }
    }

    private mutating func post(_ term: String, at position: Int) {
        postings[term, default: []].append(position)
        storiesByTerm[term, default: 0] += 1
    }

    /// The weight of a term: the rarer among the stories, the heavier.
    private func rarity(of term: String) -> Double {
        let total = Double(max(stories.count, 1)) + 20
        let share = (Double(storiesByTerm[term] ?? 0) + 0.5) / total
        return max(0.1, -logarithm(share))
    }

    private mutating func bestStory(for terms: [String: Double], sketch: [UInt32], at published: Date) -> Int?
    {
        let weighted = terms.map { (term: $0.key, weight: $0.value * rarity(of: $0.key)) }
            .sorted { ($1.weight, $0.term) < ($0.weight, $1.term) }
        let reach = Double(configuration.storyWindowDays) * 86_400
        var hits: [Int: Int] = [:]
        for (term, _) in weighted.prefix(30) {
            guard var list = postings[term] else { continue }
            if list.count > 64 {
                list.removeAll { published.timeIntervalSince(stories[$0].lastArticleAt) > reach * 2 }
                postings[term] = list
            }
            for position in list.suffix(2_000) { hits[position, default: 0] += 1 }
        }
        let candidates = hits.filter {
            abs(published.timeIntervalSince(stories[$0.key].lastArticleAt)) <= reach
        }
        .sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(24)
        var best: (position: Int, likeness: Double)?
        for (position, _) in candidates {
            let likeness = likeness(of: weighted, to: stories[position])
            if likeness >= configuration.storyThreshold, likeness > best?.likeness ?? 0 {
                best = (position, likeness)
            }
        }
        return best?.position
    }

    private func likeness(of weighted: [(term: String, weight: Double)], to story: Story) -> Double {
        var dot = 0.0
        var own = 0.0
        var other = 0.0
        for (term, weight) in weighted {
            own += weight * weight
            if let held = story.terms[term] { dot += weight * held * rarity(of: term) }
        }
        for (term, held) in story.terms {
            let weight = held * rarity(of: term)
            other += weight * weight
        }
        guard own > 0, other > 0 else { return 0 }
        return dot / (own * other).squareRoot()
    }

    private func original(of sketch: [UInt32], articleID: String, in story: Story) -> String? {
        var best: (id: String, part: Double)?
        for (id, known) in story.sketches.sorted(by: { $0.key < $1.key }) where id != articleID {
            let part = Sketch.containment(of: sketch, in: known)
            if part >= configuration.nearCopyThreshold, part > best?.part ?? 0 { best = (id, part) }
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
        stories[position].sketches[reading.article.id] = sketch
        if !isRevision { stories[position].articleCount += 1 }
        guard !isRevision, !isCopy else { return }
        let before = stories[position].terms
        var merged = before
        let share = 1 / Double(min(stories[position].articleCount, 4))
        for (term, weight) in merged { merged[term] = weight * (1 - share * 0.5) }
        for (term, weight) in terms { merged[term, default: 0] += weight * share }
        let kept = capped(merged)
        stories[position].terms = kept
        for term in kept.keys where before[term] == nil { post(term, at: position) }
    }

    private func capped(_ terms: [String: Double]) -> [String: Double] {
        guard terms.count > configuration.maximumTermsPerStory else { return terms }
        let ranked = terms.map { ($0.key, $0.value, $0.value * rarity(of: $0.key)) }
            .sorted { ($1.2, $0.0) < ($0.2, $1.0) }
            .prefix(configuration.maximumTermsPerStory)
        return Dictionary(uniqueKeysWithValues: ranked.map { ($0.0, $0.1) })
    }
}

/// The natural logarithm by its exponent and a series, for FoundationEssentials has none.
private func logarithm(_ value: Double) -> Double {
    let fraction = value.significand
    let ratio = (fraction - 1) / (fraction + 1)
    var term = ratio
    var sum = 0.0
    for odd in stride(from: 1.0, through: 15.0, by: 2.0) {
        sum += term / odd
        term *= ratio * ratio
    }
    return Double(value.exponent) * 0.693_147_180_559_945_3 + 2 * sum
}
