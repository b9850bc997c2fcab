public import TallyModel

/// The story that an article belongs to.
public struct Placement: Sendable {
    /// The story as the article has updated it.
    public var story: Story
    /// Whether the article began the story.
    public var isNew: Bool
    /// The identifier of the older article whose text this one repeats; `nil` for none.
    public var nearCopyOf: String?

    /// Creates a placement.
    public init(story: Story, isNew: Bool, nearCopyOf: String?) {
        self.story = story
        self.isNew = isNew
        self.nearCopyOf = nearCopyOf
    }
}
