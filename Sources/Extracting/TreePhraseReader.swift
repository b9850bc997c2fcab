import Syntax

/// Reads noun phrases off the tree of a sentence.
struct TreePhraseReader: Sendable {
    /// Returns the phrase around a noun: what narrows it before, and the thing behind its "of".
    ///
    /// - Parameters:
    ///   - sentence: A sentence with its tree.
    ///   - head: The index of the noun.
    ///   - number: The tokens of the number that counts it, which the phrase leaves out.
    ///   - isWide: Whether the place, the source or the purpose behind it belongs to it ("income from golf clubs").
    /// - Returns: The phrase; `nil` for a sentence without a tree.
    func phrase(
        in sentence: Sentence,
        around head: Int,
        without number: Range<Int>,
        isWide: Bool = false
    ) -> NounPhrase? {
        guard let tree = sentence.tree else { return nil }
        var start = firstModifier(of: head, tree, sentence)
        if number.upperBound <= head, number.upperBound > start { start = number.upperBound }
        while start < head, !isContent(sentence, start) { start += 1 }
        let last = lastPart(of: head, in: sentence)
        var end = last + 1
        var text = sentence.words(start..<end)
        if let inner = prepositional(of: head, tree, sentence, without: number, isWide: isWide) {
            end = inner.end
            let from = firstModifier(of: inner.head, tree, sentence)
            var core = max(from, inner.preposition + 1)
            while core < inner.head, !isContent(sentence, core) { core += 1 }
            text += " \(sentence.lower(inner.preposition)) \(sentence.words(core..<end))"
            let container = Words.singular(sentence.lower(head))
            let thing = Words.singular(sentence.lower(inner.head))
            // "the total number of cases", "crowds of men": what is counted is what they are of.
            let isNumber = Self.numbers.contains(container) && Words.isPlural(sentence.lower(inner.head))
            if inner.isOf, isNumber || Self.containers.contains(container) && PersonNouns.contains(thing) {
                return NounPhrase(
                    text: sentence.words(core..<end),
                    head: thing,
                    start: core,
                    end: end
                )
            }
        }
        return NounPhrase(
            text: text,
            head: Words.singular(sentence.lower(last)),
            start: start,
            end: end,
            anchor: last
        )
    }

    /// Returns the noun that a number counts; `nil` where none hangs together with it.
    func counted(in sentence: Sentence, by number: Range<Int>) -> Int? {
        guard let tree = sentence.tree, let top = tree.top(of: number) else { return nil }
        if let noun = object(of: "of", behind: top, in: sentence, from: number.upperBound) { return noun }
        let head = tree.heads[top]
        guard head >= number.upperBound, Self.modifying.contains(tree.labels[top]) else { return nil }
        guard tree.tags[head].isNoun else { return nil }
        // "60 Hamas and Islamic Jihad fighters": the first of two names before the noun that they share.
        if tree.tags[head] == .properNoun, let shared = tree.child(of: head, .conj),
            tree.tags[shared] == .nounPlural, PersonNouns.contains(Words.singular(sentence.lower(shared)))
        {
            return shared
        }
        if let subject = subject(within: number.upperBound..<head, of: head, in: sentence) { return subject }
        // "nine taken prisoner": the noun belongs to the verb before it.
        if tree.tags[head] == .noun, head > number.upperBound, tree.tags[head - 1].isVerb { return nil }
        return head
    }

    /// Returns the people whose verb the tree takes for a noun that they narrow: "47 survivors sink", "300 miners strike".
    func subject(within range: Range<Int>, of verb: Int, in sentence: Sentence) -> Int? {
        let people = verb - 1
        guard range.contains(people), !sentence.tokens[verb].isCapitalised,
            Words.isPlural(sentence.lower(people)),
            case let noun = Words.singular(sentence.lower(people)),
            PersonNouns.contains(noun) || PersonNouns.perPerson.contains(noun),
            PredicateWords.verbs[sentence.lower(verb)] != nil
        else { return nil }
        return people
    }

    /// Returns the noun behind a preposition that hangs on a token.
    func object(of preposition: String, behind index: Int, in sentence: Sentence, from start: Int) -> Int? {
        guard let tree = sentence.tree else { return nil }
        for child in tree.children[index]
        where child >= start && sentence.lower(child) == preposition {
            if let noun = tree.child(of: child, .pobj), tree.tags[noun].isNoun { return noun }
        }
        return nil
    }

    /// Returns the words for the source or the purpose behind a verb's object: " from his golf club".
    func source(in sentence: Sentence, of verb: Int, without number: Range<Int>) -> String {
        guard let tree = sentence.tree else { return "" }
        for child in tree.children[verb] where child > number.upperBound - 1 && tree.labels[child] == .prep {
            guard ["for", "from", "in", "on", "to"].contains(sentence.lower(child)),
                let noun = tree.child(of: child, .pobj), tree.tags[noun].isNoun,
                !Words.isCalendar(sentence.lower(noun)),
                let inner = phrase(in: sentence, around: noun, without: number)
            else { continue }
            return " \(sentence.lower(child)) \(inner.text)"
        }
        return ""
    }

    /// Returns the noun behind a preposition that stands at an index and hangs on a token.
    func object(of preposition: String, behind index: Int, in sentence: Sentence, at start: Int) -> Int? {
        guard sentence.lower(start) == preposition, sentence.tree?.heads[start] == index else { return nil }
        return object(of: preposition, behind: index, in: sentence, from: start)
    }

    /// The relations by which a number hangs on the noun that it counts.
    static let modifying: Set<Dependency> = [
        .nummod, .amod, .compound, .nmod, .quantmod, .advmod, .det, .poss,
    ]
}

private extension TreePhraseReader {
    struct Inner {
        var preposition: Int
        var head: Int
        var end: Int
        var isOf: Bool
    }

    func firstModifier(of head: Int, _ tree: SentenceTree, _ sentence: Sentence) -> Int {
        var first = head
        for child in tree.children[head].reversed() where child < head {
            guard Self.narrowing.contains(tree.labels[child]) || sentence.lower(child) == "-" else {
                // Quotation marks and the article end the phrase, the number before it does not.
                if tree.labels[child] == .nummod || tree.labels[child] == .punct { continue }
                break
            }
            first = min(first, tree.extent(of: child).lowerBound)
        }
        return first
    }

    /// The last part of a noun with hyphens, of which the parser has one word: the attacks of "counter-attacks".
    func lastPart(of head: Int, in sentence: Sentence) -> Int {
        var last = head
        while sentence.lower(last + 1) == "-", sentence.isGlued(last + 1), sentence.isGlued(last + 2),
            sentence.token(last + 2)?.isWord ?? false
        {
            last += 2
        }
        return last
    }

    func isContent(_ sentence: Sentence, _ index: Int) -> Bool {
        let token = sentence.tokens[index]
        return (token.isWord || token.isNumber) && !Words.determiners.contains(token.lower)
            && token.lower != "'s"
            && !Self.fillers.contains(token.lower)
    }

    func prepositional(
        of head: Int,
        _ tree: SentenceTree,
        _ sentence: Sentence,
        without number: Range<Int>,
        isWide: Bool
    ) -> Inner? {
        for child in tree.children[head] where child > head && tree.labels[child] == .prep {
            let word = sentence.lower(child)
            guard word == "of" || isWide && Self.wide.contains(word),
                let noun = tree.child(of: child, .pobj), tree.tags[noun].isNoun, !number.contains(noun),
                !number.contains(child), !Words.isCalendar(sentence.lower(noun))
            else { continue }
            return Inner(preposition: child, head: noun, end: noun + 1, isOf: word == "of")
        }
        return nil
    }

    static let narrowing: Set<Dependency> = [.compound, .amod, .nmod, .poss, .npadvmod, .advmod]
    static let wide: Set<String> = [
        "against", "among", "between", "for", "from", "in", "into", "on", "to", "with",
    ]
    static let fillers: Set<String> = [
        "additional", "extra", "further", "more", "only", "other", "some", "such",
    ]
    static let containers: Set<String> = [
        "body", "case", "casualty", "crowd", "death", "group", "injury", "life",
    ]
    static let numbers: Set<String> = ["amount", "count", "number", "tally", "total"]
}
