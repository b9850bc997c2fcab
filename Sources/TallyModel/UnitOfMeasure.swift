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

    private static let table: [String: UnitOfMeasure] = {
        var table: [String: UnitOfMeasure] = [:]
        for line in rows.split(separator: "\n") {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            guard let factor = Decimal(string: cells[2]) else {
                preconditionFailure("the table of units has a factor that is no number: \(line)")
            }
            table[cells[0]] = UnitOfMeasure(
                name: cells[0],
                dimension: cells[1],
                factor: factor,
                offset: cells.count > 3 ? Decimal(string: cells[3]) ?? 0 : 0
            )
        }
        return table
    }()

    // name | dimension | factor to the base unit | offset. Source: NIST SP 811, appendix B; BIPM SI brochure, 9th edition.
    // A currency is a dimension of its own: money converts only where a rate is stated.
    private static let rows = """
        people|people|1
        percent|share|1
        percentage_point|point|1
        basis_point|point|0.01
        second|time|1
        minute|time|60
        hour|time|3600
        day|time|86400
        week|time|604800
        month|time|2629800
        year|time|31557600
        decade|time|315576000
        mm|length|0.001
        cm|length|0.01
        metre|length|1
        km|length|1000
        inch|length|0.0254
        foot|length|0.3048
        yard|length|0.9144
        mile|length|1609.344
        nautical_mile|length|1852
        square_metre|area|1
        hectare|area|10000
        square_km|area|1000000
        square_foot|area|0.09290304
        acre|area|4046.8564224
        square_mile|area|2589988.110336
        litre|volume|0.001
        cubic_metre|volume|1
        gallon|volume|0.003785411784
        barrel|volume|0.158987294928
        gram|mass|0.001
        kg|mass|1
        tonne|mass|1000
        pound|mass|0.45359237
        ounce|mass|0.028349523125
        short_ton|mass|907.18474
        milligram|mass|0.000001
        celsius|temperature|1
        fahrenheit|temperature|0.5555555555555555555555|-17.7777777777777777777
        kmh|speed|1
        mph|speed|1.609344
        knot|speed|1.852
        metre_per_second|speed|3.6
        watt|power|1
        kilowatt|power|1000
        megawatt|power|1000000
        gigawatt|power|1000000000
        magnitude|magnitude|1
        """
}
