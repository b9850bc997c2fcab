import FoundationEssentials
import TallyModel
import Testing

@testable import Comparing

@Suite struct StoryIndexTests {
    static let bridge = """
        A road bridge over the Talver fell on Monday near Ostrel, the capital of Vannau province. Rescue workers from
        Ostrel searched the Talver for cars. The Vannau road office had closed one lane of the Ostrel bridge in spring.
        """
    static let later = """
        Engineers of the Vannau road office said that rust had weakened the bridge at Ostrel. Divers found a third car
        in the Talver on Tuesday. The people of Ostrel laid flowers on the bank.
        """
    static let mine = """
        A fire in the Keldor coal mine in Hastria trapped miners on Tuesday. The owner, Brannig Coal, said that the
        smoke kept crews out of the Keldor shafts. Hastria last saw a mine fire at Brannig ten years ago.
        """

    static func reading(_ id: String, _ text: String, hour: Double) -> Reading {
        Samples.reading(id, hour: hour, text: text, claims: [])
    }

    @Test("articles on one event join, another event begins a story")
    func joining() {
        var index = StoryIndex(stories: [])
        let first = index.place(Self.reading("a", Self.bridge, hour: 0), knownStoryID: nil)
        var other = Self.reading("b", Self.mine, hour: 20)
        other.article.title = "Fire traps miners"
        let second = index.place(other, knownStoryID: nil)
        let third = index.place(Self.reading("c", Self.later, hour: 26), knownStoryID: nil)
        #expect(first.isNew && second.isNew)
        #expect(third.story.id == first.story.id && third.nearCopyOf == nil)
        #expect(third.story.articleCount == 2)
    }

    @Test("a text that stands twice is a near-copy of the first")
    func copies() {
        var index = StoryIndex(stories: [])
        let text = Self.bridge + Self.later
        _ = index.place(Self.reading("a", text, hour: 0), knownStoryID: nil)
        let copy = index.place(Self.reading("b", text + " This story is shared.", hour: 3), knownStoryID: nil)
        #expect(copy.nearCopyOf == "a")
    }

    @Test("a story takes no article after its window, and a revision always")
    func window() {
        var index = StoryIndex(stories: [])
        let first = index.place(Self.reading("a", Self.bridge, hour: 0), knownStoryID: nil)
        let late = Double(ComparingConfiguration().storyWindowDays + 1) * 24
        let revision = index.place(Self.reading("a", Self.mine, hour: 2), knownStoryID: first.story.id)
        #expect(revision.story.id == first.story.id && revision.story.articleCount == 1)
        #expect(index.place(Self.reading("b", Self.later, hour: late + 3), knownStoryID: nil).isNew)
    }

    @Test("a whole article returns to a story that it is much like; a bulletin and another event do not")
    func returns() {
        let late = Double(ComparingConfiguration().storyWindowDays + 9) * 24
        let inquiry = """
            An inquiry into the fall of the road bridge at Ostrel, the capital of Vannau province, found on Friday that rust had
            weakened it for years. Engineers of the Vannau road office had seen the rust in spring, when one lane of the bridge
            over the Talver was closed, and told nobody. Divers searched the Talver for cars for nine days. The people of Ostrel
            laid flowers on the bank, and the mayor asked the road office for the papers on every bridge in Vannau.
            """
        let fair = """
            Bakers from all over Vannau met on Sunday for a fair in the old market hall. A nurse won the prize for the best rye
            loaf, ahead of two students and a retired pilot. A band played until midnight, the mayor handed out medals, and the
            last visitors went home by boat. The organisers want to come back next year, with twice as many ovens and a tent for
            children, where they can learn how to shape rolls, buns and plaits of sweet dough.
            """
        func isNew(_ text: String, _ title: String, hour: Double) -> Bool {
            var index = StoryIndex(stories: [])
            _ = index.place(Self.reading("a", Self.bridge + Self.later, hour: 0), knownStoryID: nil)
            var reading = Self.reading("b", text, hour: hour)
            reading.article.title = title
            return index.place(reading, knownStoryID: nil).isNew
        }
        #expect(!isNew(inquiry, "Rust was known", hour: late))
        #expect(isNew(fair, "Bakers meet", hour: late))
        #expect(!isNew(Self.later, "Third car found", hour: 30))
        #expect(isNew(Self.later, "Third car found", hour: late))
    }

    @Test("an index of stored stories finds what the first one found")
    func restart() {
        var index = StoryIndex(stories: [])
        let first = index.place(Self.reading("a", Self.bridge, hour: 0), knownStoryID: nil)
        var reopened = StoryIndex(stories: [first.story])
        #expect(
            reopened.place(Self.reading("b", Self.later, hour: 4), knownStoryID: nil).story.id
                == first.story.id
        )
    }
}
