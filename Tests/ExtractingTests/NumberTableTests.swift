import FoundationEssentials
import TallyModel
import Testing

@testable import Extracting

@Suite struct NumberTableTests {
    @Test("every table of numbers and units loads, and none is empty")
    func loads() {
        let sizes = [
            NumberWords.small.count, NumberWords.scales.count, NumberWords.marks.count,
            NumberWords.vague.count,
            NumberWords.denominators.count, NumberWords.ordinals.count,
            QualifierTable.before.firstWords.count,
            QualifierTable.after.firstWords.count, UnitTable.units.firstWords.count,
            UnitTable.currencies.firstWords.count, UnitTable.signs.count, UnitTable.dollars.count,
            UnitTable.codes.count,
        ]
        #expect(!sizes.contains(0))
    }

    @Test("every unit that a word names converts, and every currency is a known code")
    func units() {
        for unit in UnitTable.units.values { #expect(UnitOfMeasure.named(unit) != nil, "\(unit)") }
        for code in UnitTable.currencies.values + UnitTable.signs.values + UnitTable.dollars.values {
            #expect(UnitTable.codes.contains(code) || UnitOfMeasure.named(code) != nil, "\(code)")
        }
    }

    @Test("the bounds of a vague word are in order")
    func vague() {
        for (word, bounds) in NumberWords.vague { #expect(bounds.low < bounds.high, "\(word)") }
    }
}
