/// A person's standing interest.
public struct Watch: Codable, Hashable, Sendable {
    /// Its name, unique in the configuration.
    public var name: String
    /// Words and names that a story must be about, all of them; empty means every story.
    public var about: [String]
    /// The figures of interest; empty means every figure of the stories.
    public var figures: [WatchedFigure]
    /// The types of alert that are wanted.
    public var alerts: Set<Alert.Kind>

    /// Creates a watch.
    public init(name: String, about: [String], figures: [WatchedFigure], alerts: Set<Alert.Kind>) {
        self.name = name
        self.about = about
        self.figures = figures
        self.alerts = alerts
    }
}

/// One figure that a watch follows.
public struct WatchedFigure: Codable, Hashable, Sendable {
    /// Its name, unique in its watch.
    public var name: String
    /// The figure in plain words ("North Korean soldiers killed or wounded").
    public var measure: String
    /// The unit of the baseline; `nil` takes the claim's.
    public var unit: String?
    /// What is known from the start.
    public var baseline: Baseline?
    /// The day that ``baseline`` speaks of.
    public var baselineAsOf: String?
    /// The relative difference that still agrees, 0 to 1; `nil` takes the general rule.
    public var tolerance: Double?
    /// Whether it can only rise; `nil` takes the predicate's own nature.
    public var isCumulative: Bool?

    /// Creates a watched figure that knows nothing but its words.
    public init(name: String, measure: String) {
        self.name = name
        self.measure = measure
    }
}

/// The watch, and its figure where it names figures, that a figure of a story answers to.
public struct WatchReference: Codable, Hashable, Sendable {
    /// The watch's name.
    public var watch: String
    /// The watched figure's name; `nil` where the watch takes every figure.
    public var figure: String?

    /// Creates a reference.
    public init(watch: String, figure: String?) {
        self.watch = watch
        self.figure = figure
    }
}
