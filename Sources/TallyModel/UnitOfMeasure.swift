public import FoundationEssentials

/// A unit with its dimension and its way to the dimension's base unit.
public struct UnitOfMeasure: Hashable, Sendable {
    /// The lower-case singular English name or ISO code.
    public let name: String
    /// What it measures ("length"); units of one dimension convert into each other.
    public let dimension: String
    /// Base units in one of this unit.
    public let factor: Decimal
    /// What is added, in base units, after multiplying (temperatures).
    public let offset: Decimal

    /// Returns the unit of a name; `nil` if the table has none: then the unit is a thing that is counted.
    public static func named(_ name: String) -> UnitOfMeasure? { table[name] }

    /// Returns a value in the base unit of the dimension.
    public func baseValue(of value: Decimal) -> Decimal { value * factor + offset }

    private static let table = Table(
        "units_of_measure.tsv",
        PackageResources.units_of_measure_tsv,
        columns: 4
    )
    .byFirstField { row in
        UnitOfMeasure(
            name: row[0],
            dimension: row[1],
            factor: row.decimal(2),
            offset: row[3] == "-" ? 0 : row.decimal(3)
        )
    }
}
