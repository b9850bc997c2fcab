import FoundationEssentials
import Syntax
import TallyModel

/// Takes a bound back that only looks like one: "hands over 44 %", "54 witnesses over seven weeks".
struct BoundReader: Sendable {
    /// Returns a quantity whose first word is a preposition or a verb's particle without that word and its bound.
    func revised(_ reading: QuantityReading, in sentence: Sentence) -> QuantityReading {
        let first = reading.tokens.lowerBound
        guard let tree = sentence.tree, first + 1 == reading.numberStart,
            ["over", "under", "around", "above", "below"].contains(sentence.lower(first)),
            let value = reading.low ?? reading.high
        else { return reading }
        let isParticle = tree.labels[first] == .prt
        // "over seven weeks" says how long, not how much at least.
        let isDuring =
            sentence.lower(first) == "over" && reading.unit.map(UnitTable.times.contains) ?? false
            && tree.labels[first] == .prep && tree.tags[tree.heads[first]].isNoun
        guard isParticle || isDuring else { return reading }
        var result = reading
        result.low = value
        result.high = value
        result.qualifier = .exact
        result.tokens = reading.numberStart..<reading.tokens.upperBound
        return result
    }
}
