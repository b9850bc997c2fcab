import Syntax

/// Finds by the tree of a sentence what a measure is said of: the fund of $300bn, the profits that rose to £546m.
struct MeasuredReader: Sendable {
    private let phrases = TreePhraseReader()

    /// Words that stand for a noun of a sentence before.
    static let pronouns: Set<String> = ["he", "it", "she", "them", "these", "they", "this", "those"]

    /// Returns the noun that a quantity is said of, or a pronoun that stands for it; `nil` where the tree shows none.
    func measured(in sentence: Sentence, by number: Range<Int>) -> Int? {
        guard let tree = sentence.tree, let top = tree.top(of: number) else { return nil }
        // "could exceed ninety": the words of the qualifier hold the verb.
        if tree.tags[top].isVerb { return said(of: top, besides: top, in: sentence, tree) }
        return climb(from: top, in: sentence, tree, number: number, steps: 0)
    }

    /// Returns the noun of which a quantity is a part: "40% of the territory", "$5m in damages".
    func part(in sentence: Sentence, by number: Range<Int>) -> Int? {
        guard let tree = sentence.tree, let top = tree.top(of: number) else { return nil }
        if let noun = phrases.object(of: "of", behind: top, in: sentence, from: number.upperBound) {
            return isThing(noun, sentence, tree) ? noun : nil
        }
        // "Shares in the firm fell 12 percent in after-hours trading": it is the subject that moved.
        let head = tree.heads[top]
        if tree.tags[head].isVerb,
            PredicateReader.changes.contains(PredicateWords.verbs[sentence.lower(head)] ?? ""),
            let subject = subject(of: head, in: sentence), subject < top, isThing(subject, sentence, tree)
        {
            return nil
        }
        guard
            let noun = phrases.object(of: "in", behind: top, in: sentence, from: number.upperBound)
                ?? phrases.object(of: "in", behind: tree.heads[top], in: sentence, at: number.upperBound),
            !tree.tags[noun].isProperNoun, tree.child(of: noun, .det, .poss) == nil,
            isThing(noun, sentence, tree)
        else { return nil }
        return noun
    }

    /// Returns the verb that a quantity is the object of.
    func verb(in sentence: Sentence, over number: Range<Int>) -> Int? {
        guard let tree = sentence.tree, let top = tree.top(of: number) else { return nil }
        // "earned around $77m": the qualifier may look like a preposition.
        let isObject =
            [.dobj, .dative].contains(tree.labels[top])
            || (top == number.lowerBound && tree.labels[top] == .prep)
        guard isObject, tree.tags[tree.heads[top]].isVerb else { return nil }
        return tree.heads[top]
    }

    /// Returns the subject of a verb, or of the verb that it goes on from ("rose 15 % to reach …").
    func subject(of verb: Int, in sentence: Sentence) -> Int? {
        guard let tree = sentence.tree else { return nil }
        var verb = verb
        for _ in 0..<6 {
            if let subject = tree.children[verb].first(where: { tree.labels[$0].isSubject }) {
                return relative(subject, of: verb, tree, sentence)
            }
            let head = tree.heads[verb]
            guard head != verb else { return nil }
            switch tree.labels[verb] {
            case .acl, .relcl: return head
            case .xcomp, .advcl, .ccomp, .conj, .dep, .parataxis, .pcomp, .prep, .auxpass, .aux:
                // "cut the deficit, bringing it to": the object of a verb is what its infinitive is about.
                verb = head
                if tree.tags[verb].isNoun { return verb }
            default: return tree.tags[head].isNoun ? head : nil
            }
        }
        return nil
    }
}

extension MeasuredReader {
    /// Returns the noun that a sum came from: "$9m from Kelby Bank".
    func source(in sentence: Sentence, of number: Range<Int>) -> Int? {
        guard let tree = sentence.tree, sentence.lower(number.upperBound) == "from",
            let top = tree.top(of: number),
            tree.heads[number.upperBound] == top || [.appos, .conj].contains(tree.labels[top]),
            let noun = tree.child(of: number.upperBound, .pobj)
        else { return nil }
        return isThing(noun, sentence, tree) ? noun : nil
    }

    /// Returns the noun that names a measure, where another one only narrows it: "profit attributable to shareholders".
    func named(by noun: Int, in sentence: Sentence) -> Int? {
        // "profit before tax"
        if ["tax", "taxes", "taxation"].contains(sentence.lower(noun)), noun > 1,
            ["after", "before"].contains(sentence.lower(noun - 1)),
            sentence.tree?.tags[noun - 2].isNoun ?? false
        {
            return noun - 2
        }
        guard let tree = sentence.tree, !MeasureReader.measures.contains(Words.singular(sentence.lower(noun)))
        else { return nil }
        return tree.path(from: noun).dropFirst().prefix(4).first {
            $0 < noun && tree.tags[$0].isNoun
                && MeasureReader.measures.contains(Words.singular(sentence.lower($0)))
        }
    }
}

private extension MeasuredReader {
    func climb(
        from index: Int,
        in sentence: Sentence,
        _ tree: SentenceTree,
        number: Range<Int>,
        steps: Int
    ) -> Int? {
        let head = tree.heads[index]
        guard head != index, steps < 6 else { return nil }
        if TreePhraseReader.modifying.contains(tree.labels[index]), tree.tags[head].isNoun, head > index {
            return isThing(head, sentence, tree)
                ? head : climb(from: head, in: sentence, tree, number: number, steps: steps + 1)
        }
        switch tree.labels[index] {
        case .pobj, .pcomp:
            return governed(by: head, in: sentence, tree, number: number, steps: steps)
        case .appos, .conj, .nmod, .nummod, .prep, .quantmod:
            if tree.tags[head].isNoun, isThing(head, sentence, tree) { return head }
            if tree.tags[head].isVerb { return said(of: head, besides: index, in: sentence, tree) }
            return climb(from: head, in: sentence, tree, number: number, steps: steps + 1)
        case .nsubj, .nsubjpass:
            return tree.child(of: head, .attr, .dobj).flatMap { isThing($0, sentence, tree) ? $0 : nil }
        case .compound, .amod, .poss:
            return isThing(head, sentence, tree)
                ? head : climb(from: head, in: sentence, tree, number: number, steps: steps + 1)
        default:
            if tree.tags[head].isVerb || tree.labels[head] == .root {
                return said(of: head, besides: index, in: sentence, tree)
            }
            if tree.tags[head].isNoun, isThing(head, sentence, tree) { return head }
            return climb(from: head, in: sentence, tree, number: number, steps: steps + 1)
        }
    }

    /// What the preposition before the number hangs on: "a fine of", "profits rose to", "cut the deficit to".
    func governed(
        by preposition: Int,
        in sentence: Sentence,
        _ tree: SentenceTree,
        number: Range<Int>,
        steps: Int
    ) -> Int? {
        let head = tree.heads[preposition]
        guard head != preposition else { return nil }
        if tree.tags[head].isNoun, isThing(head, sentence, tree) { return head }
        if tree.tags[head].isVerb || tree.labels[head] == .root, !sentence.tokens[head].isNumber {
            if let object = tree.child(of: head, .dobj), object < preposition, isThing(object, sentence, tree)
            {
                return object
            }
            return said(of: head, besides: preposition, in: sentence, tree)
        }
        return climb(from: head, in: sentence, tree, number: number, steps: steps + 1)
    }

    func said(of verb: Int, besides index: Int, in sentence: Sentence, _ tree: SentenceTree) -> Int? {
        // Who tells a number is not what the number is of.
        guard !Self.telling.contains(VerbForms.base(sentence.lower(verb))),
            let subject = subject(of: verb, in: sentence), subject != index
        else { return nil }
        // "fears the dead could exceed one hundred"
        let isNominal =
            PersonNouns.adjectives.contains(sentence.lower(subject)) && tree.child(of: subject, .det) != nil
        return tree.tags[subject].isNoun || isNominal || Self.pronouns.contains(sentence.lower(subject))
            ? subject : nil
    }

    /// "which", "that" and "who" stand for the noun that their clause hangs on.
    func relative(_ subject: Int, of verb: Int, _ tree: SentenceTree, _ sentence: Sentence) -> Int {
        guard ["which", "that", "who", "whom"].contains(sentence.lower(subject)) else { return subject }
        var clause = verb
        for _ in 0..<4 {
            if tree.labels[clause] == .relcl { return tree.heads[clause] }
            clause = tree.heads[clause]
        }
        return subject
    }

    func isThing(_ index: Int, _ sentence: Sentence, _ tree: SentenceTree) -> Bool {
        let word = sentence.lower(index)
        return tree.tags[index].isNoun && sentence.tokens[index].isWord && !Words.isCalendar(word)
            && NumberWords.scales[word] == nil && UnitTable.units.match(in: sentence, at: index) == nil
            && UnitTable.currencies.match(in: sentence, at: index) == nil
    }

    static let telling: Set<String> = [
        "add", "announce", "calculate", "claim", "confirm", "count", "estimate", "expect", "forecast",
        "include", "give",
        "predict", "put", "report", "say", "show", "state", "tell", "think", "warn",
    ]
}
