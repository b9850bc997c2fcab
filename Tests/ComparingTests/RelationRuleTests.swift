import FoundationEssentials
import TallyModel
import Testing

@testable import Comparing

@Suite struct RelationRuleTests {
    struct Case: Sendable {
        let shows: String
        var nature = RelationRule.Nature.cumulative
        var isSameArticle = false
        var isRival = false
        var isSameOutlet = false
        var isAfresh = false
        var tolerance: Decimal = 0
        var rivalRatio: Decimal?
        let old: Quantity
        let new: Quantity
        let relation: Comparison.Relation
    }

    static let cases: [Case] = [
        Case(shows: "a toll rises", old: at(12, 12), new: at(14, 14), relation: .update),
        Case(shows: "a toll falls", old: at(14, 14), new: at(12, 12), relation: .contradict),
        Case(
            shows: "an outlet lowers its toll to a bound",
            isSameOutlet: true,
            old: at(90, 90),
            new: at(82, nil, .atLeast),
            relation: .contradict
        ),
        Case(
            shows: "another outlet's bound says no less",
            old: at(90, 90),
            new: at(82, nil, .atLeast),
            relation: .agree
        ),
        Case(
            shows: "a round bound is told loosely",
            isSameOutlet: true,
            old: at(83, 83),
            new: at(80, nil, .atLeast),
            relation: .agree
        ),
        Case(
            shows: "a sum that its outlet tells afresh",
            nature: .fixed,
            isAfresh: true,
            old: at(50, 50),
            new: at(17, 17),
            relation: .update
        ),
        Case(shows: "above a lower bound", old: at(12, nil, .atLeast), new: at(14, 14), relation: .update),
        Case(shows: "the same again", old: at(12, 12), new: at(12, 12), relation: .agree),
        Case(
            shows: "hundreds after thousands",
            old: at(3_000, nil, .moreThan),
            new: at(200, 999, .vague),
            relation: .contradict
        ),
        Case(
            shows: "a count just below a vague word",
            nature: .fixed,
            old: at(20_000, 99_999, .vague),
            new: at(18_000, 18_000),
            relation: .refine
        ),
        Case(
            shows: "a count far below a vague word",
            nature: .fixed,
            old: at(20_000, 99_999, .vague),
            new: at(9_000, 9_000),
            relation: .contradict
        ),
        Case(
            shows: "dozens, told of a little more",
            old: at(115, 115),
            new: at(24, 99, .vague),
            relation: .agree
        ),
        Case(
            shows: "a number out of a vague word",
            old: at(24, 99, .vague),
            new: at(31, 31),
            relation: .refine
        ),
        Case(
            shows: "the missing become fewer",
            nature: .status,
            old: at(40, 40),
            new: at(17, 17),
            relation: .update
        ),
        Case(
            shows: "far below an upper bound",
            nature: .status,
            old: at(nil, 300, .atMost),
            new: at(64, 64),
            relation: .update
        ),
        Case(
            shows: "an age is one number",
            nature: .fixed,
            old: at(19, 19),
            new: at(20, 20),
            relation: .contradict
        ),
        Case(
            shows: "an age and its birth year",
            nature: .fixed,
            old: at(19, 20, .range),
            new: at(20, 20),
            relation: .refine
        ),
        Case(
            shows: "about",
            nature: .fixed,
            tolerance: 5 / 100,
            old: at(100, 100),
            new: at(104, 104, .approx),
            relation: .agree
        ),
        Case(
            shows: "a partisan's higher toll",
            isRival: true,
            rivalRatio: 2,
            old: at(9, nil, .atLeast),
            new: at(63, 63),
            relation: .contradict
        ),
        Case(
            shows: "another office's higher toll",
            isRival: true,
            old: at(26, 26),
            new: at(148, 148),
            relation: .update
        ),
        Case(
            shows: "two numbers of one voice in one article",
            isSameArticle: true,
            old: at(9, 9),
            new: at(4, 4),
            relation: .different
        ),
        Case(
            shows: "two voices in one article",
            nature: .fixed,
            isSameArticle: true,
            isRival: true,
            old: at(9, 9),
            new: at(4, 4),
            relation: .contradict
        ),
        Case(
            shows: "ten times apart is another scope",
            nature: .fixed,
            old: at(41_000, 41_000),
            new: at(2_600, 2_600),
            relation: .different
        ),
    ]

    static func at(_ low: Decimal?, _ high: Decimal?, _ qualifier: Quantity.Qualifier = .exact) -> Quantity {
        Samples.quantity(low, high, qualifier)
    }

    @Test("the intervals and the nature of the figure decide", arguments: cases)
    func relation(_ sample: Case) {
        let rule = RelationRule(
            nature: sample.nature,
            isSameArticle: sample.isSameArticle,
            isSameOutlet: sample.isSameOutlet,
            isAfresh: sample.isAfresh,
            isSameSide: false,
            isRival: sample.isRival,
            tolerance: sample.tolerance,
            rivalRatio: sample.rivalRatio
        )
        #expect(rule.relation(of: sample.new, to: sample.old) == sample.relation, "\(sample.shows)")
        #expect(rule.relation(of: sample.old, to: sample.old) == .agree, "\(sample.shows)")
    }
}
