import FoundationEssentials
import TallyModel

/// Whether a toll counts the attackers too: nine with the gunman are eight without him.
enum Attackers {
    /// Whether two numbers differ by the attackers that one of them says it counts, or leaves out.
    static func explains(_ a: Claim, _ b: Claim) -> Bool {
        guard a.quantity.low == a.quantity.high, b.quantity.low == b.quantity.high,
            let first = a.quantity.low,
            let second = b.quantity.low, a.predicate == b.predicate
        else { return false }
        let (more, fewer) = first > second ? (a, b) : (b, a)
        let difference = first > second ? first - second : second - first
        return mention(more.sentence, after: including) == difference
            && mention(fewer.sentence, after: including) == nil
            || mention(fewer.sentence, after: excluding) == difference
                && mention(more.sentence, after: excluding) == nil
    }

    /// Whether two numbers differ by so few that the attackers, whom both sentences name, may be the difference.
    static func mayExplain(_ a: Claim, _ b: Claim) -> Bool {
        guard let first = a.quantity.low, first == a.quantity.high, let second = b.quantity.low,
            second == b.quantity.high
        else { return false }
        return abs(first - second) <= most
            && [a, b].allSatisfy {
                Words.all(of: $0.sentence).contains { nouns.contains(Words.stem(of: $0.text)) }
            }
    }

    /// How many attackers of one attack are counted among its dead at most.
    private static let most: Decimal = 2

    /// How many attackers are named behind one of some words; `nil` where none are.
    private static func mention(_ sentence: String, after links: [[String]]) -> Decimal? {
        let words = Words.all(of: sentence).map(\.text)
        for link in links {
            // "not including" leaves out, and "including" within it counts nobody.
            for start in words.indices
            where words[start...].starts(with: link) && !(start > 0 && words[start - 1] == "not") {
                let rest = words[(start + link.count)...].prefix(4)
                guard let noun = rest.firstIndex(where: { nouns.contains(Words.stem(of: $0)) }) else {
                    continue
                }
                let isOne = nouns.contains(words[noun])
                return isOne ? 1 : rest.compactMap { numbers[$0] ?? Decimal(string: $0) }.first
            }
        }
        return nil
    }

    // Source: the wordings in which police and agencies count attackers among the dead.
    private static let including = [["including"], ["among", "them"], ["counting"]]
    private static let excluding = [
        ["apart", "from"], ["besides"], ["excluding"], ["in", "addition", "to"], ["not", "counting"],
        ["not", "including"],
        ["as", "well", "as"], ["plus"],
    ]
    private static let nouns: Set<String> = [
        "assailant", "attacker", "bomber", "gunman", "hijacker", "killer", "knifeman", "perpetrator",
        "shooter", "suspect",
    ]
    private static let numbers: [String: Decimal] = ["two": 2, "three": 3, "four": 4, "five": 5]
}
