import FoundationEssentials
import TallyModel

/// The words for units of measure.
enum UnitTable {
    /// Units by their words, behind the number.
    static let units = phrases(Table("units.tsv", PackageResources.units_tsv, columns: 2))
    /// Currencies by their words, behind the number.
    static let currencies = phrases(Table("currencies.tsv", PackageResources.currencies_tsv, columns: 2))
    /// Currencies by sign.
    static let signs = Table("currency_signs.tsv", PackageResources.currency_signs_tsv, columns: 2).pairs
    /// Currencies by the letters before a dollar sign.
    static let dollars = Table("dollars.tsv", PackageResources.dollars_tsv, columns: 2).pairs
    /// Currencies by their ISO code before or behind the number.
    static let codes = Table("currency_codes.tsv", PackageResources.currency_codes_tsv, columns: 1).words
    /// Currencies by a short form before the number ("Rs 500").
    static let prefixes = Table("currency_prefixes.tsv", PackageResources.currency_prefixes_tsv, columns: 2)
        .pairs
    /// Units by a short form that stands glued to the digits, in the case written ("5m").
    static let gluedUnits = Table("glued_units.tsv", PackageResources.glued_units_tsv, columns: 2).pairs
    /// Smaller units by the one in which they count ("5 ft 2 in"), with how many make one.
    static let minors: [String: [(unit: String, parts: Decimal)]] = {
        let table = Table("compound_units.tsv", PackageResources.compound_units_tsv, columns: 3)
        return Dictionary(grouping: table.rows) { $0[0] }
            .mapValues { rows in rows.map { (unit: $0[1], parts: $0.decimal(2)) } }
    }()
    /// Words behind degrees that compare two temperatures.
    static let differences: Set<String> = ["above", "below", "colder", "cooler", "hotter", "warmer"]
    /// Words near pounds that make money of them.
    static let paying: Set<String> = [
        "bail", "bill", "compensation", "cost", "costing", "costs", "debt", "donated", "earn", "earned",
        "earning",
        "fee", "fees", "fine", "fined", "loan", "owed", "paid", "pay", "paying", "price", "raised", "rent",
        "salary", "sold", "spend", "spending", "spent", "wage", "wages", "worth",
    ]
    /// Names of units that measure time.
    static let times: Set<String> = [
        "second", "minute", "hour", "day", "week", "month", "year", "decade", "century",
    ]
    /// Returns whether a lower-case word names a span of time.
    static func isTime(_ word: String) -> Bool { times.contains(Words.singular(word)) }
    static let areas: Set<String> = [
        "hectare", "acre", "square_km", "square_mile", "square_metre", "square_foot",
    ]
    static let speeds: Set<String> = ["kmh", "mph", "knot", "metre_per_second"]
    static let lengths: Set<String> = [
        "mm", "cm", "metre", "km", "inch", "foot", "yard", "mile", "nautical_mile",
    ]

    /// Returns whether a lower-case word names a length.
    static func isLength(_ word: String) -> Bool { units.value(of: word).map(lengths.contains) ?? false }

    private static func phrases(_ table: Table) -> Phrases<String> {
        Phrases(table.rows.map { ($0[0], $0[1]) })
    }
}
