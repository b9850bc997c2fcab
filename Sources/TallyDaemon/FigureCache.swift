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

    /// Returns the figures of a story; `nil` where they have to be loaded.
    mutating func figures(of story: String) -> [Figure]? {
        guard let figures = stories[story]?.figures else { return nil }
        useCount += 1
        stories[story]?.lastUse = useCount
        return figures
    }

    /// Keeps the figures of a story as a commit has left them.
    mutating func keep(_ figures: [Figure], changed: [Figure], of story: String) {
        var kept = figures
        var places = Dictionary(uniqueKeysWithValues: figures.enumerated().map { ($1.id, $0) })
        for figure in changed {
            var figure = figure
            figure.claims = Array(figure.claims.suffix(Figure.claimsInMemory))
            if let place = places[figure.id] {
                kept[place] = figure
            } else {
                places[figure.id] = kept.count
                kept.append(figure)
            }
        }
        useCount += 1
        stories[story] = (kept, useCount)
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
