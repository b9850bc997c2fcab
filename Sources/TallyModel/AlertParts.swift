public import FoundationEssentials

extension Alert {
    /// A claim as an alert quotes it.
    public struct ClaimInAlert: Codable, Hashable, Sendable {
        /// The lower bound; `nil` is open.
        public var low: Decimal?
        /// The upper bound; `nil` is open.
        public var high: Decimal?
        /// How the words bound the number.
        public var qualifier: Quantity.Qualifier
        /// The unit of the bounds.
        public var unit: String
        /// The words of the quantity.
        public var surface: String
        /// The sentence, the quote.
        public var sentence: String
        /// Who says so; `nil` where it is the outlet's own word.
        public var attribution: String?
        /// The time that the number speaks of.
        public var asOf: String?
        /// Whether the sentence stands behind the number.
        public var modality: Claim.Modality
        /// The article that makes the claim.
        public var article: ArticleReference

        /// Quotes a claim.
        public init(_ sourced: SourcedClaim) {
            low = sourced.claim.quantity.low
            high = sourced.claim.quantity.high
            qualifier = sourced.claim.quantity.qualifier
            unit = sourced.claim.quantity.unit
            surface = sourced.claim.surface
            sentence = sourced.claim.sentence
            attribution = sourced.claim.attribution
            asOf = sourced.claim.asOf
            modality = sourced.claim.modality
            article = sourced.article
        }

        private enum CodingKeys: String, CodingKey {
            case low, high, qualifier, unit, surface, sentence, attribution, asOf = "as_of", modality, article
        }

        /// Writes every key, `null` for what is not known.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(low, forKey: .low)
            try container.encode(high, forKey: .high)
            try container.encode(qualifier, forKey: .qualifier)
            try container.encode(unit, forKey: .unit)
            try container.encode(surface, forKey: .surface)
            try container.encode(sentence, forKey: .sentence)
            try container.encode(attribution, forKey: .attribution)
            try container.encode(asOf, forKey: .asOf)
            try container.encode(modality, forKey: .modality)
            try container.encode(article, forKey: .article)
        }
    }

    /// A baseline as an alert quotes it.
    public struct BaselineInAlert: Codable, Hashable, Sendable {
        /// The most conservative credible bound; `nil` is open.
        public var low: Decimal?
        /// The most credible number.
        public var best: Decimal?
        /// The highest credible bound; `nil` is open.
        public var high: Decimal?
        /// The claims behind it, the decisive one first.
        public var claims: [ClaimInAlert]

        /// Quotes a baseline and the claims that a comparison was held against.
        public init(_ baseline: Baseline, claims: [SourcedClaim]) {
            low = baseline.low
            best = baseline.best
            high = baseline.high
            self.claims = claims.map(ClaimInAlert.init)
        }

        private enum CodingKeys: String, CodingKey {
            case low, best, high, claims
        }

        /// Writes every key, `null` for an open bound.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(low, forKey: .low)
            try container.encode(best, forKey: .best)
            try container.encode(high, forKey: .high)
            try container.encode(claims, forKey: .claims)
        }
    }
}
