import TallyModel

/// The words that tell one person of a story from another: order, role, sex, the year of entry.
enum PersonWords {
    /// Returns the telling words of what a claim says of a person.
    static func words(of claim: Claim) -> Set<String> {
        var words = Words.content(of: (claim.subject ?? "") + " " + (claim.counted ?? ""))
        let sentence = Words.all(of: claim.sentence).map { Words.stem(of: $0.text) }
        for word in sentence where telling[word] != nil || isYear(word) {
            words.insert(telling[word] ?? word)
        }
        return words.subtracting(empty)
    }

    /// Returns the likeness of two people, 0 to 1; `nil` if a word tells them apart.
    static func likeness(_ a: Claim, _ b: Claim) -> Double? {
        let first = words(of: a)
        let second = words(of: b)
        for pair in opposites where isSplit(pair, first, second) { return nil }
        guard !first.isEmpty, !second.isEmpty else { return 0 }
        return first.isDisjoint(with: second) ? 0 : 1
    }

    private static func isSplit(_ pair: Set<String>, _ a: Set<String>, _ b: Set<String>) -> Bool {
        let first = a.intersection(pair)
        let second = b.intersection(pair)
        return first.count == 1 && second.count == 1 && first != second
    }

    private static func isYear(_ word: String) -> Bool {
        word.count == 4 && word.allSatisfy(\.isNumber) && (word.hasPrefix("19") || word.hasPrefix("20"))
    }

    // Words that say only that somebody is meant.
    private static let empty: Set<String> = [
        "captive", "detainee", "fellow", "man", "old", "one", "other", "person", "prisoner", "soldier", "age",
        "year",
        "north", "south", "korean", "who", "another",
    ]

    private static let opposites: [Set<String>] = [
        ["1st", "2nd"], ["younger", "older"], ["rifleman", "sniper"], ["captain", "mate", "passenger"],
        ["boy", "girl"], ["husband", "wife"], ["father", "mother"], ["brother", "sister"],
        ["driver", "passenger"],
        ["suspect", "victim"],
    ]

    private static let telling: [String: String] = [
        "boy": "boy", "brother": "brother", "captain": "captain", "driver": "driver", "father": "father",
        "first": "1st", "girl": "girl", "husband": "husband", "mother": "mother", "older": "older",
        "passenger": "passenger", "pilot": "pilot", "rifleman": "rifleman", "scout": "sniper",
        "second": "2nd",
        "shooter": "rifleman", "sister": "sister", "skipper": "captain", "sniper": "sniper",
        "suspect": "suspect",
        "wife": "wife", "younger": "younger",
    ]
}
