import FoundationEssentials
import Syntax
import TallyModel

/// Takes a bound back that only looks like one: "hands over 44 %", "54 witnesses over seven weeks".
struct BoundReader: Sendable {
    /// Returns a quantity whose first word is a preposition or a verb's particle without that word and its bound.
    func revised(_ reading: QuantityReading, in sentence: Sentence) -> QuantityReading {
        let first = reading.tokens.lowerBound
        // "has gone up to 38"
        if sentence.lower(first) == "up", sentence.lower(first + 1) == "to", first + 2 == reading.numberStart,
            (1...2).contains(where: { Self.rising.contains(sentence.lower(first - $0)) })
        {
            return exact(reading)
        }
        guard let tree = sentence.tree, first + 1 == reading.numberStart,
            ["over", "under", "around", "above", "below"].contains(sentence.lower(first))
        else { return reading }
        let isParticle = tree.labels[first] == .prt
        // "over seven weeks" says how long, not how much at least.
        let isDuring =
            sentence.lower(first) == "over" && reading.unit.map(UnitTable.times.contains) ?? false
            && tree.labels[first] == .prep && tree.tags[tree.heads[first]].isNoun
        guard isParticle || isDuring else { return reading }
        return exact(reading)
    }

    private func exact(_ reading: QuantityReading) -> QuantityReading {
        var result = reading
        result.low = reading.low ?? reading.high
        result.high = result.low
        result.qualifier = .exact
        result.tokens = reading.numberStart..<reading.tokens.upperBound
        return result
    }

    /// Verbs that go up.
    private static let rising: Set<String> = [
        "brings", "bringing", "brought", "climbed", "crept", "edged", "gone", "goes", "going", "moved",
        "pushed", "rose",
        "shot", "taken", "takes", "took", "went",
    ]
}
