import Foundation
import Testing

/// What the comparator says of pairs of news texts, beside what a careful analyst does.
@Suite struct PairFixtureTests {
    static let pairs: [TextPair] = {
        guard let url = Bundle.module.url(forResource: "Fixtures", withExtension: nil),
            let text = try? String(contentsOf: url.appending(path: "pairs.jsonl"), encoding: .utf8)
        else { preconditionFailure("the fixture pairs.jsonl is missing") }
        return text.split(separator: "\n").map { line in
            guard let pair = try? JSONDecoder().decode(TextPair.self, from: Data(line.utf8)) else {
                preconditionFailure("no pair: \(line)")
            }
            return pair
        }
    }()

    @Test("of the pairs, most are related as an analyst relates them")
    func accuracy() {
        var right: [String: Int] = [:]
        var found: [String: Int] = [:]
        var due: [String: Int] = [:]
        var wrong: [String] = []
        for pair in Self.pairs {
            let relation = pair.relation == "refine" ? "agree" : pair.relation
            let answer = pair.found
            found[answer, default: 0] += 1
            due[relation, default: 0] += 1
            if answer == relation {
                right[relation, default: 0] += 1
            } else {
                wrong.append("\(pair.id) \(pair.kind): \(answer)")
            }
        }
        let scores = due.keys.map {
            2 * Double(right[$0] ?? 0) / Double(found[$0, default: 0] + due[$0, default: 0])
        }
        let notes = Comment(rawValue: wrong.joined(separator: "\n"))
        #expect(Self.pairs.count >= 150)
        #expect(scores.count == 4)
        #expect(Double(right.values.reduce(0, +)) / Double(Self.pairs.count) >= 0.82, notes)
        #expect(scores.reduce(0, +) / 4 >= 0.82, notes)
    }

    @Test(
        "of two texts without a date, neither comes first",
        arguments: pairs.filter { $0.a.date == nil && $0.b.date == nil }
    )
    func symmetry(_ pair: TextPair) {
        #expect(pair.found == pair.foundBackwards)
    }

    @Test("a text agrees with itself", arguments: pairs)
    func reflexivity(_ pair: TextPair) {
        for text in [pair.a, pair.b] {
            let same = TextPair(id: pair.id, kind: pair.kind, relation: "agree", a: text, b: text)
            // A number that the extractor does not read is in no relation.
            #expect(same.found != "contradict" && same.found != "update")
        }
    }
}
