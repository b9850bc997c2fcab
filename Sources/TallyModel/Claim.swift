import FoundationEssentials

/// One statement of a quantity in one revision of an article.
public struct Claim: Codable, Hashable, Sendable {
    /// Whether the sentence stands behind the number.
    public enum Modality: String, Codable, CaseIterable, Sendable {
        /// Stated as a fact of the story.
        case asserted
        /// The sentence denies the number.
        case denied
        /// Would be so under a condition.
        case hypothetical
        /// Expected, planned or projected.
        case forecast
        /// Another or older event, or a number that is quoted as superseded.
        case background
    }

    /// Which kind of number it is; only equal kinds are ever compared.
    public enum Kind: String, Codable, CaseIterable, Sendable {
        /// A standing total or a level.
        case total
        /// What came on top of an earlier total ("another 14", "rose by 12").
        case increment
        /// So much per something ("per day", "per 100,000").
        case rate
        /// A part of a whole ("40 % of the territory").
        case share
        /// Some of those counted before, of whom the same is told ("1,400 of them").
        case part
    }

    /// The words of the quantity with its qualifier, as in the text ("over 10,000").
    public var surface: String
    /// The sentence, as in the text.
    public var sentence: String
    /// Offset of the first Unicode scalar of ``surface`` in the article's text.
    public var start: Int
    /// Offset behind the last Unicode scalar of ``surface``.
    public var end: Int
    /// The interval and its unit.
    public var quantity: Quantity
    /// The noun phrase that is counted or measured ("North Korean soldiers"), without the number; `nil` if unclear.
    public var counted: String?
    /// The singular head of ``counted``, lower-case ("soldier").
    public var head: String?
    /// Who or what bears a quantity that counts nothing: the person of an age, the company of a profit.
    public var subject: String?
    /// The name of a ``PredicateClass``, or the verb's base form where no class has it.
    public var predicate: String?
    /// The place that the number speaks of, as in the text.
    public var place: String?
    /// The time that the number speaks of: ISO 8601 at the precision stated (`2024-10`, `2026-02-14T12:00`).
    public var asOf: String?
    /// The span that the number covers where it is not the event's own: "since 2021", "per day", "in March".
    public var timeScope: String?
    /// Who says so, as in the text ("South Korean intelligence"); `nil` where it is the outlet's own word.
    public var attribution: String?
    /// Whether the sentence stands behind the number.
    public var modality: Modality
    /// Which kind of number it is.
    public var kind: Kind
    /// The proper names of the sentence, lower-case, in its order: they tell one event from another.
    public var names: [String] = []
    /// The extractor's trust in its own reading, 0 to 1.
    public var confidence: Double

    /// Creates a claim that states no more than its quantity.
    public init(surface: String, sentence: String, start: Int, end: Int, quantity: Quantity) {
        self.surface = surface
        self.sentence = sentence
        self.start = start
        self.end = end
        self.quantity = quantity
        modality = .asserted
        kind = .total
        confidence = 0.5
    }
}

extension Claim {
    private enum CodingKeys: String, CodingKey {
        case surface, sentence, start, end, low, high, qualifier, unit, counted, head, subject, predicate,
            place
        case asOf = "as_of"
        case timeScope = "time_scope"
        case attribution, modality, kind, names, confidence
    }

    /// Reads the contract's flat object; fields beyond the quantity and its place in the text may be missing.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let quantity = Quantity(
            low: try container.decodeIfPresent(Decimal.self, forKey: .low),
            high: try container.decodeIfPresent(Decimal.self, forKey: .high),
            qualifier: try container.decode(Quantity.Qualifier.self, forKey: .qualifier),
            unit: try container.decode(String.self, forKey: .unit)
        )
        self.init(
            surface: try container.decode(String.self, forKey: .surface),
            sentence: try container.decode(String.self, forKey: .sentence),
            start: try container.decodeIfPresent(Int.self, forKey: .start) ?? 0,
            end: try container.decodeIfPresent(Int.self, forKey: .end) ?? 0,
            quantity: quantity
        )
        counted = try container.decodeIfPresent(String.self, forKey: .counted)
        head = try container.decodeIfPresent(String.self, forKey: .head)
        subject = try container.decodeIfPresent(String.self, forKey: .subject)
        predicate = try container.decodeIfPresent(String.self, forKey: .predicate)
        place = try container.decodeIfPresent(String.self, forKey: .place)
        asOf = try container.decodeIfPresent(String.self, forKey: .asOf)
        timeScope = try container.decodeIfPresent(String.self, forKey: .timeScope)
        attribution = try container.decodeIfPresent(String.self, forKey: .attribution)
        modality = try container.decodeIfPresent(Modality.self, forKey: .modality) ?? .asserted
        kind = try container.decodeIfPresent(Kind.self, forKey: .kind) ?? .total
        names = try container.decodeIfPresent([String].self, forKey: .names) ?? []
        confidence = try container.decodeIfPresent(Double.self, forKey: .confidence) ?? 0.5
    }

    /// Writes the contract's flat object, `null` for what is not known.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(surface, forKey: .surface)
        try container.encode(sentence, forKey: .sentence)
        try container.encode(start, forKey: .start)
        try container.encode(end, forKey: .end)
        try container.encode(quantity.low, forKey: .low)
        try container.encode(quantity.high, forKey: .high)
        try container.encode(quantity.qualifier, forKey: .qualifier)
        try container.encode(quantity.unit, forKey: .unit)
        try container.encode(counted, forKey: .counted)
        try container.encode(head, forKey: .head)
        try container.encode(subject, forKey: .subject)
        try container.encode(predicate, forKey: .predicate)
        try container.encode(place, forKey: .place)
        try container.encode(asOf, forKey: .asOf)
        try container.encode(timeScope, forKey: .timeScope)
        try container.encode(attribution, forKey: .attribution)
        try container.encode(modality, forKey: .modality)
        try container.encode(kind, forKey: .kind)
        try container.encode(names, forKey: .names)
        try container.encode(confidence, forKey: .confidence)
    }
}
