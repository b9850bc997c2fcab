import FoundationEssentials
import Syntax
import TallyModel

/// Tells numbers that belong to a name or a label ("Landsat 8", "runway 27", "14 Larch Avenue") by the sentence's tree.
struct NameFilter: Sendable {
    private let phrases = TreePhraseReader()

    /// Returns whether a number without a unit is a part of a name.
    func isName(_ reading: QuantityReading, in sentence: Sentence) -> Bool {
        if isListNumber(reading, sentence) || isDate(reading, sentence) || isCode(reading, sentence) {
            return true
        }
        guard reading.unit == nil, !reading.isAge, reading.qualifier == .exact || reading.qualifier == .range,
            let tree = sentence.tree, let top = tree.top(of: reading.number)
        else { return false }
        return isLabelled(top, reading, sentence, tree) || isAddress(reading, sentence, tree)
            || isTitle(reading, sentence) || isGlued(reading, sentence) || isYear(reading, sentence)
            || isDialled(reading, sentence)
    }
}

private extension NameFilter {
    /// A number that hangs on the name or the noun right before it numbers that one.
    func isLabelled(
        _ top: Int,
        _ reading: QuantityReading,
        _ sentence: Sentence,
        _ tree: SentenceTree
    ) -> Bool {
        let before = reading.tokens.lowerBound - 1
        guard before >= 0, reading.tokens.lowerBound == reading.numberStart, sentence.tokens[before].isWord,
            !sentence.tokens[reading.numberStart].text.contains(","), tree.tags[before].isNoun,
            !Words.isPlural(sentence.lower(before)) || reading.qualifier == .range,
            sentence.lower(before) != "magnitude",
            // "The injured number 160"
            !PersonNouns.adjectives.contains(sentence.lower(before - 1)),
            Words.weekdays[sentence.lower(before)] == nil,
            Words.months[sentence.lower(before)] == nil,
            !Words.daytimes.contains(sentence.lower(before)),
            !UnitTable.codes.contains(sentence.lower(before))
        else { return false }
        if tree.heads[top] == before, [.nummod, .appos, .npadvmod, .nmod].contains(tree.labels[top]) {
            return true
        }
        guard tree.tags[before].isProperNoun, sentence.tokens[before].isCapitalised, before > 0 else {
            return false
        }
        // "Lumo 12 Pro": the name goes on behind the number.
        let next = sentence.token(reading.tokens.upperBound)
        if tree.heads[before] == tree.heads[top] || tree.heads[before] == top,
            next.map({ $0.isCapitalised || !$0.isWord }) ?? true
        {
            return true
        }
        // "the Nordic 40 index": so many of a single thing are no count.
        guard let noun = phrases.counted(in: sentence, by: reading.number), tree.heads[before] == noun else {
            return false
        }
        return tree.tags[noun] == .noun && reading.low != 1 && !PersonNouns.contains(sentence.lower(noun))
    }

    /// "14 Larch Avenue": a name of one thing cannot be counted.
    func isAddress(_ reading: QuantityReading, _ sentence: Sentence, _ tree: SentenceTree) -> Bool {
        guard let noun = phrases.counted(in: sentence, by: reading.number), noun >= reading.number.upperBound,
            reading.low != 1, reading.isPlainInteger
        else { return false }
        let range = reading.number.upperBound...noun
        return tree.tags[noun] == .properNoun && sentence.tokens[noun].isCapitalised
            && range.allSatisfy { sentence.tokens[$0].isCapitalised } && !Words.isPlural(sentence.lower(noun))
            && !sentence.tokens[noun].isAcronym && !PersonNouns.contains(Words.singular(sentence.lower(noun)))
            && sentence.lower(range.lowerBound) != "of"
    }

    /// "the poem Twenty Rivers": a number word with a capital within a sentence that has few.
    func isTitle(_ reading: QuantityReading, _ sentence: Sentence) -> Bool {
        let index = reading.numberStart
        guard index > 0, let token = sentence.token(index), token.isWord, token.isCapitalised,
            let next = sentence.token(index + 1), next.isCapitalised, !token.isAcronym
        else { return false }
        let words = sentence.tokens.filter(\.isWord)
        return words.filter(\.isCapitalised).count * 2 < words.count
    }

    /// "1." in front of a list's entry.
    func isListNumber(_ reading: QuantityReading, _ sentence: Sentence) -> Bool {
        reading.numberStart == 0 && sentence.tokens[0].isNumber && sentence.tokens.count <= 2
            && (sentence.lower(1) == "." || sentence.lower(1) == ")")
    }

    /// "five years ago", "two days later": it dates, and measures nothing.
    func isDate(_ reading: QuantityReading, _ sentence: Sentence) -> Bool {
        let next = sentence.lower(reading.tokens.upperBound)
        if next == "ago" { return true }
        guard let unit = reading.unit, UnitTable.isTime(unit), ["earlier", "later", "prior"].contains(next)
        else {
            return false
        }
        return sentence.lower(reading.tokens.upperBound + 1) != "than"
    }

    /// "5G", "39A", "24x7", "Plaza 9 de Julio".
    func isGlued(_ reading: QuantityReading, _ sentence: Sentence) -> Bool {
        guard let next = sentence.token(reading.tokens.upperBound), next.isWord, reading.isPlainInteger else {
            return false
        }
        return next.isGlued && next.lower != "s" || ["de", "di", "do"].contains(next.lower)
    }

    /// "a felling in 872": what else would be counted bears a noun.
    func isYear(_ reading: QuantityReading, _ sentence: Sentence) -> Bool {
        let token = sentence.tokens[reading.numberStart]
        return reading.isPlainInteger && token.text.utf8.count == 3
            && ["in", "since"].contains(sentence.lower(reading.numberStart - 1))
            && phrases.counted(in: sentence, by: reading.number) == nil
            && !(sentence.token(reading.tokens.upperBound)?.isWord ?? false)
    }

    /// "ring 101", "text us on 60300".
    func isDialled(_ reading: QuantityReading, _ sentence: Sentence) -> Bool {
        guard reading.isPlainInteger, phrases.counted(in: sentence, by: reading.number) == nil else {
            return false
        }
        let start = reading.numberStart
        return (max(0, start - 4)..<start).contains {
            ["dial", "dialling", "ring", "text"].contains(sentence.lower($0))
        }
    }

    /// "CVE-2025-41877", "10.5194/cl-19-204": letters and numbers without a blank.
    func isCode(_ reading: QuantityReading, _ sentence: Sentence) -> Bool {
        var first = reading.numberStart
        while first > 0, sentence.isGlued(first) { first -= 1 }
        var last = reading.numberStart
        while sentence.isGlued(last + 1) { last += 1 }
        let run = sentence.tokens[first...last]
        guard run.filter(\.isNumber).count > 1, let word = run.firstIndex(where: \.isWord) else {
            return false
        }
        let isLed =
            run[word].isAcronym && word < reading.numberStart
            && !UnitTable.codes.contains(run[word].lower)
        return isLed || run.contains { $0.text == "/" } && word > first && run[first].isNumber
    }
}
