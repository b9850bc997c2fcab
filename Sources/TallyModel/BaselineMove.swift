public import FoundationEssentials

/// One change of a figure's baseline, and why it came about.
public struct BaselineMove: Codable, Hashable, Sendable {
    /// What moved it.
    public enum Cause: String, Codable, CaseIterable, Sendable {
        /// A claim began the figure.
        case new
        /// A claim agrees within the tolerance, and widens the bounds.
        case agree
        /// A claim agrees and is narrower.
        case refine
        /// A claim moved the figure on.
        case update
        /// A claim stands against others, which stay.
        case contradict
        /// A source or an article has replaced its own number.
        case corrected
        /// A watch begins the figure at its own baseline.
        case watch
        /// A person has set it; no claim moves it from then on.
        case pinned
        /// A person has given it free again; the next claim moves it.
        case released

        /// Creates the cause that a claim's relation to the baseline is.
        ///
        /// - Parameters:
        ///   - relation: The relation; `different` moves no baseline.
        ///   - nuance: What is special about it.
        public init(_ relation: Comparison.Relation, _ nuance: Comparison.Nuance?) {
            self =
                switch relation {
                case .new: .new
                case .agree, .different: .agree
                case .refine: .refine
                case .update: nuance == .corrected ? .corrected : .update
                case .contradict: nuance == .corrected ? .corrected : .contradict
                }
        }
    }

    /// The bounds of a baseline at one moment, in the figure's unit.
    public struct Bounds: Codable, Hashable, Sendable {
        /// The most conservative credible bound; `nil` is open.
        public var low: Decimal?
        /// The most credible number; `nil` where only a bound is known.
        public var best: Decimal?
        /// The highest credible bound; `nil` is open.
        public var high: Decimal?

        /// Creates bounds.
        public init(low: Decimal?, best: Decimal?, high: Decimal?) {
            self.low = low
            self.best = best
            self.high = high
        }

        /// Takes the bounds of a baseline.
        public init(_ baseline: Baseline) {
            self.init(low: baseline.low, best: baseline.best, high: baseline.high)
        }

        private enum CodingKeys: String, CodingKey {
            case low, best, high
        }

        /// Writes every key, `null` for an open bound.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(low, forKey: .low)
            try container.encode(best, forKey: .best)
            try container.encode(high, forKey: .high)
        }
    }

    /// The figure's identifier.
    public var figureID: String
    /// The version of the baseline that it made, from 1; each is made once.
    public var version: Int
    /// What moved it.
    public var cause: Cause
    /// One sentence that says why.
    public var reason: String
    /// The identifier of the claim that moved it; `nil` where a watch or a person did.
    public var claimID: String?
    /// The bounds before; `nil` for those that the figure began with.
    public var before: Bounds?
    /// The bounds from then on.
    public var after: Bounds

    /// Creates the move from one baseline of a figure to the next one.
    ///
    /// - Parameters:
    ///   - figure: The figure with the baseline that was made.
    ///   - before: The baseline that it had; `nil` for the first one.
    ///   - cause: What moved it.
    ///   - reason: One sentence that says why.
    ///   - claimID: The claim that moved it.
    public init(of figure: Figure, from before: Baseline?, cause: Cause, reason: String, claimID: String?) {
        figureID = figure.id
        version = figure.baseline.version
        self.cause = cause
        self.reason = reason
        self.claimID = claimID
        self.before = before.map(Bounds.init)
        after = Bounds(figure.baseline)
    }

    /// Creates a move that was stored.
    public init(
        figureID: String,
        version: Int,
        cause: Cause,
        reason: String,
        claimID: String?,
        before: Bounds?,
        after: Bounds
    ) {
        self.figureID = figureID
        self.version = version
        self.cause = cause
        self.reason = reason
        self.claimID = claimID
        self.before = before
        self.after = after
    }
}
