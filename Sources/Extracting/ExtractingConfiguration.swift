/// What the extraction of claims may be told.
public struct ExtractingConfiguration: Sendable {
    /// The most Unicode scalars of one article that are read; what is behind them is left out.
    public var maximumScalars: Int
    /// The most claims that one article yields.
    public var maximumClaims: Int

    /// Creates the defaults: 400,000 scalars and 2,000 claims.
    public init() {
        maximumScalars = 400_000
        maximumClaims = 2_000
    }
}
