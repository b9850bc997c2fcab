import TallyModel

/// What a claim counts: the groups of its head, and the words that narrow it.
struct Counted: Hashable {
    /// The groups that the head belongs to; empty where nothing is named.
    private(set) var head: Set<String>
    /// The groups of the other words, without fillers.
    let modifiers: Set<String>
    /// The groups among the other words that single out some.
    private let parts: Set<String>
    /// The words that begin with a capital letter: nationalities and names.
    let names: Set<String>
    /// Whether it counts anybody: no part of the people is singled out.
    let isEverybody: Bool

    /// Creates the profile of a noun phrase.
    ///
    /// - Parameters:
    ///   - phrase: What is counted, as in the sentence; `nil` names nothing.
    ///   - head: Its singular head; `nil` takes the last word before a preposition.
    init(phrase: String?, head: String?) {
        var words = Words.all(of: phrase ?? head ?? "")
        var head = head
        // "the depth of the borehole" is told of the borehole that has reached it.
        if let measure = head, Self.extents.contains(measure.lowercased()),
            let of = words.firstIndex(where: { $0.text == "of" }), of + 1 < words.endIndex
        {
            words = Array(words[(of + 1)...])
            head = nil
        }
        let cut = words.firstIndex { Self.links.contains($0.text) } ?? words.endIndex
        let front = words[..<cut].filter { !StopWords.all.contains($0.text) }
        let headStem =
            head.map { Words.stem(of: $0.lowercased()) } ?? front.last.map { Words.stem(of: $0.text) }
        self.head = headStem.map(WordGroups.groups) ?? []
        var modifiers: Set<String> = []
        var names: Set<String> = []
        for word in words where !StopWords.all.contains(word.text) && !Self.links.contains(word.text) {
            let stem = Words.stem(of: word.text)
            if stem == headStem || WordGroups.isFiller(stem) || PredicateWords.isPredicate(word.text) {
                continue
            }
            if word.isCapitalised, !word.isSentenceStart {
                names.insert(stem)
            } else {
                modifiers.formUnion(WordGroups.groups(of: stem))
            }
        }
        // "rebel fighters" are rebels; "fighters" alone may be of any side.
        if self.head.count > 1, !modifiers.isDisjoint(with: self.head) {
            self.head.formIntersection(modifiers)
        }
        self.modifiers = modifiers.subtracting([WordGroups.everybody]).subtracting(self.head)
        self.names = names
        parts = self.modifiers.filter(WordGroups.isPart)
        isEverybody =
            (self.head.isEmpty || self.head.contains(WordGroups.everybody)) && parts.isEmpty && names.isEmpty
    }

    /// Creates the profile of what a claim counts.
    init(_ claim: Claim) { self.init(phrase: claim.counted, head: claim.head) }

    /// Whether a word singles out some: children, soldiers, new cases.
    var isNarrowed: Bool { head.union(modifiers).contains(where: WordGroups.isPart) }

    /// Whether it counts a side of a fight or a march, by no more than that.
    var isSide: Bool { !head.isDisjoint(with: Self.sides) && parts.isEmpty }

    /// What a thing reaches by growing: its number is the thing's.
    private static let extents: Set<String> = ["depth", "height", "length"]

    private static let sides: Set<String> = ["protester", "rebel", "soldier"]

    /// Returns how well two profiles name one thing, 0 to 1; `nil` where they name two.
    func likeness(to other: Counted) -> Double? {
        if head.isEmpty || other.head.isEmpty {
            let named = head.isEmpty ? other : self
            return named.isEverybody ? 0.7 : 0.5
        }
        guard !head.isDisjoint(with: other.head) else {
            return narrowing(against: other)
        }
        guard parts == other.parts else { return nil }
        // A name that begins a phrase is read as any other word.
        let all = modifiers.union(names)
        let others = other.modifiers.union(other.names)
        if !names.isEmpty, !other.names.isEmpty, names.isDisjoint(with: others),
            other.names.isDisjoint(with: all)
        {
            return nil
        }
        if modifiers == other.modifiers, names == other.names { return 1 }
        if !modifiers.isEmpty, !other.modifiers.isEmpty, all.isDisjoint(with: others) {
            return head.contains(WordGroups.everybody) ? 0.45 : nil
        }
        if names.isEmpty != other.names.isEmpty { return 0.75 }
        if modifiers.isEmpty || other.modifiers.isEmpty { return 0.8 }
        return 0.5 + 0.4 * Double(all.intersection(others).count) / Double(all.union(others).count)
    }

    /// Whether it is a part of the other: the same or everybody, narrowed by a word that singles out some.
    func isPart(of other: Counted) -> Bool {
        let parts = head.union(modifiers).filter(WordGroups.isShare)
        let otherParts = other.head.union(other.modifiers).filter(WordGroups.isPart)
        return !parts.isEmpty && otherParts.isEmpty && other.head.contains(WordGroups.everybody)
    }

    private func narrowing(against other: Counted) -> Double? {
        // "three workers" and "three people" may be the same; "children" and "people" are not.
        let generic = head.contains(WordGroups.everybody) ? other : self
        guard head.contains(WordGroups.everybody) || other.head.contains(WordGroups.everybody) else {
            return nil
        }
        guard generic.head.allSatisfy({ !WordGroups.isPart($0) }),
            generic.modifiers.allSatisfy({ !WordGroups.isPart($0) })
        else { return nil }
        return 0.55
    }

    private static let links: Set<String> = [
        "among", "at", "between", "by", "for", "from", "in", "including", "near", "of", "on", "than", "that",
        "to", "who", "whose", "with",
    ]
}
