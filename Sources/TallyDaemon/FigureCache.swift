import TallyModel

/// The figures of the stories that were read of last, as they are stored.
///
/// The ledger is the only one to write figures, so what it wrote last is what stands; a story of a hundred articles is
/// then not loaded a hundred times.
struct FigureCache {
    private var stories: [String: (figures: [Figure], lastUse: Int)] = [:]
    private var useCount = 0

    /// Stories that are kept.
    static let capacity = 128

    /// Gives away the figures of a story, to be kept again as a commit leaves them; `nil` where they have to be loaded.
    mutating func take(of story: String) -> [Figure]? { stories.removeValue(forKey: story)?.figures }

    /// Keeps the figures of a story as a commit has left them.
    mutating func keep(_ figures: consuming [Figure], of story: String) {
        for place in figures.indices where figures[place].claims.count > Figure.claimsInMemory {
            figures[place].claims.removeFirst(figures[place].claims.count - Figure.claimsInMemory)
        }
        useCount += 1
        stories[story] = (figures, useCount)
        guard stories.count > Self.capacity,
            let oldest = stories.min(by: { $0.value.lastUse < $1.value.lastUse })
        else { return }
        stories[oldest.key] = nil
    }

    /// Forgets a story: a person changed one of its figures.
    mutating func remove(story: String) {
        stories[story] = nil
    }

    /// Forgets everything: a commit failed.
    mutating func removeAll() {
        stories = [:]
    }
}
