import Syntax

/// Finds by the tree of a sentence who tells a number: the subject of the verb of saying that it hangs on.
struct SpeakerReader: Sendable {
    /// Returns the speaker of what a token belongs to, which may be a pronoun; `nil` where the tree shows none.
    func speaker(in sentence: Sentence, of token: Int) -> String? {
        guard let tree = sentence.tree, token < tree.heads.count else { return nil }
        var below: Int?
        for node in tree.path(from: token) {
            if let found = source(beside: node, tree, sentence) { return found }
            if let owner = owner(of: node, tree, sentence), let text = text(of: owner, tree, sentence) {
                return text
            }
            if tells(node, in: sentence, tree, below: below), let subject = subject(of: node, tree, sentence),
                subject != below, let text = text(of: subject, tree, sentence)
            {
                return text
            }
            for aside in tree.children[node]
            where tree.labels[aside] == .parataxis && aside != below && isSaying(aside, sentence) {
                if let subject = tree.child(of: aside, .nsubj), let text = text(of: subject, tree, sentence) {
                    return text
                }
            }
            below = node
        }
        return nil
    }

    /// Returns the person whom a sentence is about: the name that is the subject of its main verb.
    func person(in sentence: Sentence) -> String? {
        guard let tree = sentence.tree, let root = tree.heads.indices.first(where: { tree.heads[$0] == $0 }),
            let subject = tree.child(of: root, .nsubj, .nsubjpass), tree.tags[subject].isProperNoun
        else { return nil }
        return text(of: subject, tree, sentence)
    }
}

private extension SpeakerReader {
    func isSaying(_ index: Int, _ sentence: Sentence) -> Bool {
        AttributionReader.verbs.contains(sentence.lower(index))
            || Self.further.contains(VerbForms.base(sentence.lower(index)))
    }

    /// Whether a verb of saying tells what hangs below it, and not what stands beside it.
    func tells(_ verb: Int, in sentence: Sentence, _ tree: SentenceTree, below: Int?) -> Bool {
        guard tree.tags[verb].isVerb, isSaying(verb, sentence), let below, !tree.labels[below].isSubject
        else {
            return false
        }
        // "were reported killed": nobody says so.
        if tree.child(of: verb, .auxpass) != nil { return tree.child(of: verb, .agent) != nil }
        switch tree.labels[below] {
        case .conj, .advcl, .relcl, .npadvmod, .appos: return false
        default: return true
        }
    }

    /// "according to X", beside any of the words that the number hangs on.
    func source(beside node: Int, _ tree: SentenceTree, _ sentence: Sentence) -> String? {
        for child in tree.children[node] where sentence.lower(child) == "according" {
            guard let to = tree.children[child].first(where: { sentence.lower($0) == "to" }),
                let noun = tree.child(of: to, .pobj)
            else { continue }
            return text(of: noun, tree, sentence)
        }
        return nil
    }

    /// Whose number it is: "the company's total of 97".
    func owner(of noun: Int, _ tree: SentenceTree, _ sentence: Sentence) -> Int? {
        guard tree.tags[noun].isNoun, CountedReader.stand.contains(sentence.lower(noun)) else { return nil }
        return tree.child(of: noun, .poss).flatMap { tree.tags[$0].isNoun ? $0 : nil }
    }

    func subject(of verb: Int, _ tree: SentenceTree, _ sentence: Sentence) -> Int? {
        if let agent = tree.child(of: verb, .agent) { return tree.child(of: agent, .pobj) }
        var current = verb
        for _ in 0..<5 {
            if let subject = tree.child(of: current, .nsubj) {
                return Self.relatives.contains(sentence.lower(subject))
                    ? clauseHead(of: current, tree) : subject
            }
            switch tree.labels[current] {
            case .acl, .relcl: return tree.heads[current]
            case .advcl, .conj, .xcomp, .pcomp, .prep, .aux: current = tree.heads[current]
            default: return nil
            }
        }
        return nil
    }

    func clauseHead(of verb: Int, _ tree: SentenceTree) -> Int? {
        tree.path(from: verb).first { tree.labels[$0] == .relcl }.map { tree.heads[$0] }
    }

    /// The name of a speaker: the noun with what describes it, and the apposition that tells who it is.
    func text(of subject: Int, _ tree: SentenceTree, _ sentence: Sentence) -> String? {
        let lower = sentence.lower(subject)
        if AttributionReader.pronouns.contains(lower) { return lower }
        if Self.indefinite.contains(lower), let name = tree.child(of: subject, .appos) {
            return text(of: name, tree, sentence)
        }
        guard tree.tags[subject].isNoun, sentence.tokens[subject].isWord,
            !AttributionReader.nobody.contains(lower)
        else { return nil }
        // "Its last statement spoke of …": it is whoever made the statement.
        if Self.statements.contains(Words.singular(lower)), let owner = tree.child(of: subject, .poss),
            let pronoun = Self.owners[sentence.lower(owner)]
        {
            return pronoun
        }
        var text = sentence.words(start(of: subject, tree, sentence)..<end(of: subject, tree, sentence))
        if let apposition = tree.child(of: subject, .appos), tree.tags[apposition].isNoun {
            text +=
                ", "
                + sentence.words(
                    start(of: apposition, tree, sentence)..<end(of: apposition, tree, sentence)
                )
        }
        return text
    }

    func start(of noun: Int, _ tree: SentenceTree, _ sentence: Sentence) -> Int {
        var start = noun
        for child in tree.children[noun].reversed()
        where child < noun && Self.before.contains(tree.labels[child]) {
            start = min(start, tree.extent(of: child).lowerBound)
        }
        while start < noun,
            Words.determiners.contains(sentence.lower(start)) || !sentence.tokens[start].isWord
        {
            start += 1
        }
        return start
    }

    /// The end of a noun with its "of" or "for": "commander of the Front", "spokesman for the army".
    func end(of noun: Int, _ tree: SentenceTree, _ sentence: Sentence) -> Int {
        for child in tree.children[noun]
        where child == noun + 1 && (sentence.lower(child) == "of" || sentence.lower(child) == "for") {
            return min(tree.extent(of: child).upperBound + 1, noun + 9)
        }
        return noun + 1
    }

    /// What is said or published.
    static let statements: Set<String> = [
        "account", "announcement", "bulletin", "communique", "count", "estimate", "figure", "release",
        "report",
        "statement", "tally", "update",
    ]
    static let owners = ["her": "she", "his": "he", "its": "it", "their": "they"]
    static let before: Set<Dependency> = [.amod, .compound, .nmod, .poss, .det]
    static let relatives: Set<String> = ["that", "which", "who"]
    static let indefinite: Set<String> = ["another", "one", "some", "two"]
    /// Verbs that tell a number as their object or behind a preposition.
    ///
    /// Source: WordNet's senses of "record" and "speak".
    static let further: Set<String> = ["list", "record", "register", "speak"]
}
