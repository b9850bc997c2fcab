public import FoundationEssentials

/// A comparison worth telling, with both quotes and the reason in words; or a source that fails or is well again.
public struct Alert: Codable, Hashable, Sendable {
    /// What is told.
    public enum Kind: String, Codable, CaseIterable, Sendable {
        case new = "figure.new"
        case updated = "figure.updated"
        case contradicted = "figure.contradicted"
        case corrected = "figure.corrected"
        case denied = "figure.denied"
        case sourceFailing = "source.failing"
        case sourceRecovered = "source.recovered"
    }

    /// How much it matters.
    public enum Severity: String, Codable, CaseIterable, Sendable {
        case info, warning, critical
    }

    /// The stable identifier; it bears no full stop, as Standard Webhooks asks of `webhook-id`.
    public var id: String
    /// What is told.
    public var type: Kind
    /// When it was raised.
    public var timestamp: Date
    /// What it tells.
    public var data: Details

    /// Creates an alert.
    public init(id: String, type: Kind, timestamp: Date, data: Details) {
        self.id = id
        self.type = type
        self.timestamp = timestamp
        self.data = data
    }

    /// The body of an alert.
    public struct Details: Codable, Hashable, Sendable {
        /// How much it matters.
        public var severity: Severity
        /// The story; `nil` in alerts on sources.
        public var story: StoryReference?
        /// The name of the watch that asked for it; `nil` for none.
        public var watch: String?
        /// The figure; `nil` in alerts on sources.
        public var figure: FigureReference?
        /// The new claim; `nil` in alerts on sources.
        public var claim: ClaimInAlert?
        /// What it was held against; `nil` for a new figure and in alerts on sources.
        public var baseline: BaselineInAlert?
        /// The source's name and URL; `nil` in alerts on figures.
        public var source: SourceReference?
        /// One sentence that a person can act on.
        public var reason: String
        /// Whether the article is the first of its story.
        public var firstOfStory: Bool

        /// Creates the body of an alert that holds no more than its severity and reason.
        public init(severity: Severity, reason: String) {
            self.severity = severity
            self.reason = reason
            firstOfStory = false
        }

        private enum CodingKeys: String, CodingKey {
            case severity, story, watch, figure, claim, baseline, source, reason
            case firstOfStory = "first_of_story"
        }

        /// Writes every key of the contract, `null` for what does not apply.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(severity, forKey: .severity)
            try container.encode(story, forKey: .story)
            try container.encode(watch, forKey: .watch)
            try container.encode(figure, forKey: .figure)
            try container.encode(claim, forKey: .claim)
            try container.encode(baseline, forKey: .baseline)
            try container.encodeIfPresent(source, forKey: .source)
            try container.encode(reason, forKey: .reason)
            try container.encode(firstOfStory, forKey: .firstOfStory)
        }
    }

    /// A story by its identifier and title.
    public struct StoryReference: Codable, Hashable, Sendable {
        /// The story's identifier.
        public var id: String
        /// The story's title.
        public var title: String

        /// Creates a reference.
        public init(id: String, title: String) {
            self.id = id
            self.title = title
        }
    }

    /// A figure by its identifier, label and unit.
    public struct FigureReference: Codable, Hashable, Sendable {
        /// The figure's identifier.
        public var id: String
        /// The figure in words.
        public var label: String
        /// The unit of its bounds.
        public var unit: String

        /// Creates a reference.
        public init(id: String, label: String, unit: String) {
            self.id = id
            self.label = label
            self.unit = unit
        }
    }

    /// A source by its name and URL.
    public struct SourceReference: Codable, Hashable, Sendable {
        /// The source's name.
        public var name: String
        /// The source's URL.
        public var url: String

        /// Creates a reference.
        public init(name: String, url: String) {
            self.name = name
            self.url = url
        }
    }
}
