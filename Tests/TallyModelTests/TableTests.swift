import FoundationEssentials
import TallyModel
import Testing

@Suite struct TableTests {
    struct Conversion: CustomTestStringConvertible, Sendable {
        let unit: String
        let value: Decimal
        let base: String
        var testDescription: String { "\(value) \(unit)" }
    }

    static let conversions = [
        Conversion(unit: "square_mile", value: 380, base: "984195481.92768"),
        Conversion(unit: "mile", value: 1, base: "1609.344"),
        Conversion(unit: "tonne", value: 2, base: "2000"),
        Conversion(unit: "basis_point", value: 25, base: "0.25"),
        Conversion(unit: "week", value: 1, base: "604800"),
    ]

    @Test("units convert to the base unit of their dimension", arguments: conversions)
    func converts(_ sample: Conversion) throws {
        let unit = try #require(UnitOfMeasure.named(sample.unit))
        #expect(unit.baseValue(of: sample.value) == Decimal(string: sample.base))
    }

    @Test("temperatures convert with their offset")
    func temperatures() throws {
        let celsius = try #require(UnitOfMeasure.named("fahrenheit")).baseValue(of: 212)
        #expect(abs(celsius - 100) < 1e-6)
    }

    @Test("percent and percentage points are of different dimensions")
    func dimensions() {
        #expect(
            UnitOfMeasure.named("percent")?.dimension != UnitOfMeasure.named("percentage_point")?.dimension
        )
    }

    @Test("a table has rows of fields, and comments are none")
    func rows() {
        let table = Table("sample.tsv", Array("# a comment\nhalf\t0.5\n\ndozen\t12\n".utf8), columns: 2)
        #expect(table.rows.map(\.line) == [2, 4])
        #expect(table.pairs == ["half": "0.5", "dozen": "12"])
        #expect(table.rows[0].decimal(1) == Decimal(5) / 10)
        #expect(table.rows[1].integer(1) == 12)
    }

    @Test("every predicate class that is a part names a class of the table")
    func wholes() {
        for predicate in PredicateClass.all {
            guard let whole = predicate.partOf else { continue }
            #expect(PredicateClass.named(whole) != nil, "\(predicate.name)")
        }
        #expect(PredicateClass.named("kill")?.partOf == "casualty")
    }
}
