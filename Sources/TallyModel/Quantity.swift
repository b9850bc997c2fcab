public import FoundationEssentials

/// An interval with a unit, as PRODUCT.md's "Quantities" defines it.
public struct Quantity: Codable, Hashable, Sendable {
    /// How the words bound the number.
    public enum Qualifier: String, Codable, CaseIterable, Sendable {
        case exact, approx
        case atLeast = "at_least"
        case moreThan = "more_than"
        case atMost = "at_most"
        case lessThan = "less_than"
        case range, vague
    }

    /// The lower bound in ``unit``; `nil` is open.
    public var low: Decimal?
    /// The upper bound in ``unit``; `nil` is open.
    public var high: Decimal?
    /// How the words bound the number.
    public var qualifier: Qualifier
    /// A lower-case singular English unit or ISO currency code: `people`, `year`, `percent`, `usd`, `square_mile`.
    public var unit: String

    /// Creates an interval; at least one bound is expected.
    public init(low: Decimal?, high: Decimal?, qualifier: Qualifier, unit: String) {
        self.low = low
        self.high = high
        self.qualifier = qualifier
        self.unit = unit
    }
}
