import FoundationEssentials

/// Tells numbers that are no claims: dates, times, names, scores, addresses, and the like.
struct ClaimFilter: Sendable {
    /// Returns whether the number that stands at a token is no claim, whatever follows it.
    func isNonClaim(in sentence: Sentence, at index: Int, end: Int) -> Bool {
        guard let token = sentence.token(index) else { return true }
        if token.isNumber {
            return isName(sentence, at: index) || isDate(sentence, at: index, end: end)
                || isClock(sentence, at: index)
                || isOrdinal(sentence, at: index) || isDocument(sentence, at: index, end: end)
                || isPhone(sentence, at: index)
        }
        return isName(sentence, at: index) || isClockWord(sentence, at: index, end: end)
            || isDateWord(sentence, at: index, end: end)
    }

    /// "Court halts the fee (3)": a digit in brackets at the end of a headline counts its versions.
    static func isVersion(_ sentence: Sentence, at index: Int) -> Bool {
        let token = sentence.tokens[index]
        return token.isNumber && token.text.utf8.count == 1 && index > 2 && sentence.lower(index - 1) == "("
            && sentence.lower(index + 1) == ")" && index + 2 >= sentence.tokens.count
            && sentence.tokens[index - 2].isWord
    }
}

private extension ClaimFilter {
    /// "six-way talks", "three-tiered rules", "zero-tolerance policy": the number tells the kind of a thing.
    func describes(_ sentence: Sentence, at index: Int) -> Bool {
        guard sentence.lower(index + 1) == "-", sentence.isGlued(index + 1), sentence.isGlued(index + 2),
            let kind = sentence.token(index + 2), kind.isWord
        else { return false }
        return sentence.lower(index) == "zero" || ["star", "way"].contains(kind.lower)
            || kind.lower.utf8.count > 5 && kind.lower.hasSuffix("ed")
                && UnitTable.units.match(in: sentence, at: index + 2) == nil
    }

    func isOrdinal(_ sentence: Sentence, at index: Int) -> Bool {
        guard let next = sentence.token(index + 1), next.isGlued else { return false }
        return ["st", "nd", "rd", "th"].contains(next.lower)
    }

    /// Tells names from counts ("Mi-17", "EX-203", "B12", "Route 9", "Article 17", "Level 2").
    func isName(_ sentence: Sentence, at index: Int) -> Bool {
        let token = sentence.tokens[index]
        if token.isGlued, let before = sentence.token(index - 1) {
            if before.isWord, UnitTable.dollars[before.lower] == nil || !before.isAcronym,
                before.lower != "'s"
            {
                return !UnitTable.codes.contains(before.lower)
            }
            if before.text == "#" || before.text == "/" || before.text == "@" { return true }
            if before.text == "-" || before.text == "\u{2013}", before.isGlued,
                let word = sentence.token(index - 2), word.isWord,
                // "a mother-of-three"
                token.isNumber || word.lower == "of"
            {
                return true
            }
        }
        if token.isNumber, let word = sentence.token(index - 1), word.isAcronym, word.end - word.start <= 4,
            !UnitTable.codes.contains(word.lower),
            !sentence.tokens.allSatisfy({
                !$0.isWord || $0.isAcronym || !$0.isCapitalised || $0.end - $0.start == 1
            })
        {
            return true
        }
        // "the S&P 500"
        if token.isNumber, sentence.isGlued(index - 1), sentence.lower(index - 2) == "&" { return true }
        if Self.isVersion(sentence, at: index) || describes(sentence, at: index) { return true }
        // "lines 4, 12 and 28": the whole list bears the label.
        if [",", "and", "or", "to", "&"].contains(sentence.lower(index - 1)),
            let earlier = sentence.token(index - 2), earlier.isNumber,
            index >= 3, isName(sentence, at: index - 2)
        {
            return true
        }
        // "the freighter Castor Bay 12,": a name of two words or more bears the number.
        if token.isNumber, !token.text.contains(","), let name = sentence.token(index - 1), name.isWord,
            name.isCapitalised, index >= 3,
            sentence.token(index - 2)?.isCapitalised ?? false, !(sentence.token(index + 1)?.isWord ?? false),
            sentence.lower(index + 1) != "%",
            !sentence.isGlued(index + 1) || [",", "."].contains(sentence.lower(index + 1)),
            Words.months[name.lower] == nil
        {
            return true
        }
        if sentence.lower(index + 1) == "block", sentence.lower(index + 2) == "of" { return true }
        var before = index - 1
        if sentence.lower(before) == ".", sentence.isGlued(before) { before -= 1 }
        if sentence.lower(before) == ":", Self.phones.contains(sentence.lower(before - 1)) { return true }
        let word = sentence.lower(before)
        // "the injured number 1,904"
        let isAdverb = ["already", "now"].contains(sentence.lower(before - 1))
        if word == "number", PersonNouns.adjectives.contains(sentence.lower(before - (isAdverb ? 2 : 1))) {
            return false
        }
        guard Self.labels.contains(word), let label = sentence.token(before) else { return false }
        if token.isNumber || token.isWord {
            return label.isCapitalised || Self.lowerLabels.contains(word)
        }
        return false
    }

    /// Years and the numbers of days.
    func isDate(_ sentence: Sentence, at index: Int, end: Int) -> Bool {
        let token = sentence.tokens[index]
        let before = sentence.lower(index - 1)
        let after = sentence.lower(index + 1)
        if let value = Int(token.text) {
            // "15 April of 87"
            if before == "of", Words.months[sentence.lower(index - 2)] != nil, isMonth(sentence, index - 2),
                value < 100
            {
                return true
            }
            if value >= 1, value <= 31 {
                // "9 to 12 of June"
                if sentence.lower(end) == "of", Words.months[sentence.lower(end + 1)] != nil,
                    isMonth(sentence, end + 1)
                {
                    return true
                }
                if Words.months[before] != nil, isMonth(sentence, index - 1) {
                    // "On 22 March 19 trucks entered the town"
                    let hasDay = sentence.token(index - 2)?.isNumber ?? false
                    let isCount =
                        sentence.token(end).map { $0.isWord && !$0.isCapitalised && Words.isPlural($0.lower) }
                        ?? false
                    return !hasDay || !isCount
                }
                if before == ".", Words.months[sentence.lower(index - 2)] != nil { return true }
                if Words.months[after] != nil, isMonth(sentence, index + 1) { return true }
                if after == "-" || after == "\u{2013}" || after == "to" || after == "and" || after == "or",
                    let next = sentence.token(index + 2), next.isNumber,
                    Words.months[sentence.lower(index + 3)] != nil,
                    isMonth(sentence, index + 3)
                {
                    return true
                }
                if before == "-" || before == "\u{2013}" || before == "to" || before == "and",
                    Words.months[sentence.lower(index - 3)] != nil, isMonth(sentence, index - 3)
                {
                    return true
                }
            }
            if token.text.utf8.count == 4, value >= 1500, value <= 2100 {
                return isYear(sentence, at: index, end: end)
            }
        }
        if sentence.isGlued(index + 1), after == "s", token.text.hasSuffix("0") { return true }
        return false
    }

    /// "may", "march" and "mar" are months only with a capital.
    func isMonth(_ sentence: Sentence, _ index: Int) -> Bool {
        guard let token = sentence.token(index) else { return false }
        return token.isCapitalised || !["mar", "march", "may"].contains(token.lower)
    }

    func isYear(_ sentence: Sentence, at index: Int, end: Int) -> Bool {
        if let before = sentence.token(index - 1), UnitTable.signs[before.text] != nil { return false }
        let after = sentence.lower(index + 1)
        guard let next = sentence.token(index + 1) else { return true }
        if Words.months[sentence.lower(index - 1)] != nil, isMonth(sentence, index - 1) { return true }
        if UnitTable.units.match(in: sentence, at: index + 1) != nil
            || UnitTable.currencies.match(in: sentence, at: index + 1) != nil
        {
            return false
        }
        if next.isWord, !next.isGlued, Words.isPlural(after), !next.isCapitalised,
            !["in", "since", "of", "by", "the", "until", "from", "to"].contains(sentence.lower(index - 1))
        {
            return false
        }
        return true
    }

    func isDateWord(_ sentence: Sentence, at index: Int, end: Int) -> Bool {
        if Words.months[sentence.lower(end)] != nil, isMonth(sentence, end) { return true }
        // "nineteen eighty-six", "in two thousand and twenty"
        if let century = NumberWords.small[sentence.lower(index - 1)], (15...20).contains(century),
            (NumberWords.small[sentence.lower(index)] ?? 0) >= 10
        {
            return true
        }
        // "6 April seventeen hundred and three"
        if Words.months[sentence.lower(index - 1)] != nil, isMonth(sentence, index - 1),
            sentence.lower(index + 1) == "hundred"
        {
            return true
        }
        return sentence.lower(index) == "two" && sentence.lower(index + 1) == "thousand"
            && ["in", "of", "since", "until"].contains(sentence.lower(index - 1))
            && ["", ".", ",", ";"].contains(sentence.lower(end))
    }

    /// "08:00", "3.30 a.m.", "7pm", "9 o'clock".
    func isClock(_ sentence: Sentence, at index: Int) -> Bool {
        let after = sentence.lower(index + 1)
        if after == ":", sentence.isGlued(index + 1), sentence.isGlued(index + 2),
            sentence.token(index + 2)?.isNumber ?? false
        {
            return true
        }
        if sentence.lower(index - 1) == ":", sentence.isGlued(index - 1), sentence.isGlued(index),
            sentence.token(index - 2)?.isNumber ?? false
        {
            return true
        }
        if ["a.m.", "p.m.", "am", "pm", "a.m", "p.m", "o'clock", "oclock", "gmt", "utc", "hrs"].contains(
            after
        ) {
            return true
        }
        let before = sentence.lower(index - 1)
        if isClockWord(sentence, at: index, end: index + 1) { return true }
        if sentence.tokens[index].text.contains("."),
            ["sailing", "train", "flight", "bus", "ferry", "service", "departure"].contains(after)
        {
            return true
        }
        if after == ".", ["a.m.", "p.m."].contains(sentence.lower(index + 3)) { return true }
        // "between 6 and 9 p.m.", "from 9 to 5"
        if ["to", "and", "-", "\u{2013}"].contains(after),
            ["a.m.", "p.m.", "am", "pm", ":"].contains(sentence.lower(index + 3))
        {
            return true
        }
        return before == "at" && ["on", "in", ","].contains(after)
            && sentence.tokens[index].text.contains(".")
            && sentence.tokens[index].text.utf8.count >= 4
    }

    /// "nine in the evening", "half past one", "on Saturday at five to twelve", "7 out of 10 for openness".
    func isClockWord(_ sentence: Sentence, at index: Int, end: Int) -> Bool {
        let after = sentence.lower(index + 1)
        if after == "in", sentence.lower(index + 2) == "the",
            ["morning", "evening", "afternoon"].contains(sentence.lower(index + 3))
        {
            return true
        }
        if ["a.m.", "p.m.", "am", "pm", "oclock"].contains(after) { return true }
        if after == "past" || after == "o'clock" || sentence.lower(index - 1) == "past" { return true }
        if after == "out", sentence.lower(index + 2) == "of",
            ["10", "ten", "5", "five"].contains(sentence.lower(index + 3)),
            ["for", ".", ","].contains(sentence.lower(index + 4))
        {
            return true
        }
        guard sentence.lower(index - 1) == "at" else { return false }
        let day = sentence.lower(index - 2)
        return Words.weekdays[day] != nil || Words.months[day] != nil
            || ["today", "tomorrow", "yesterday"].contains(day)
    }

    /// "7/2026", "1.2.3".
    func isDocument(_ sentence: Sentence, at index: Int, end: Int) -> Bool {
        // "B.1.1.7"
        if sentence.isGlued(index), sentence.lower(index - 1) == ".", sentence.isGlued(index - 1) {
            return true
        }
        // The bar of "1/4 mile" lies within the number.
        if index + 2 < end { return false }
        if sentence.lower(index + 1) == "/", sentence.isGlued(index + 1), sentence.isGlued(index + 2),
            sentence.token(index + 2)?.isNumber ?? false
        {
            return true
        }
        return false
    }

    /// Groups of digits parted by blanks or hyphens, and numbers with a leading zero.
    func isPhone(_ sentence: Sentence, at index: Int) -> Bool {
        let token = sentence.tokens[index]
        if token.text.hasPrefix("0"), token.text.utf8.count > 1, !token.text.hasPrefix("0.") { return true }
        if sentence.lower(index - 1) == "+", sentence.isGlued(index) { return true }
        if let next = sentence.token(index + 1), next.isNumber, sentence.lower(index + 2) != "/" {
            return true
        }
        // "By 08:00 58 persons had been rescued"
        if let before = sentence.token(index - 1), before.isNumber { return sentence.lower(index - 2) != ":" }
        // "1-800-555-0142"
        if sentence.lower(index + 1) == "-", sentence.isGlued(index + 1), sentence.lower(index + 3) == "-",
            sentence.isGlued(index + 3),
            sentence.token(index + 2)?.isNumber ?? false, sentence.token(index + 4)?.isNumber ?? false
        {
            return true
        }
        if let hyphen = sentence.token(index - 1), hyphen.text == "-", hyphen.isGlued,
            let first = sentence.token(index - 2),
            first.isNumber, let second = sentence.token(index + 1), second.text == "-", second.isGlued
        {
            return true
        }
        return false
    }

    static let lowerLabels: Set<String> = [
        "no", "nos", "number", "flight", "route", "highway", "section", "article", "page", "pages",
        "paragraph", "chapter",
        "junction", "platform", "gate", "line", "version", "figure", "kilometre", "kilometer", "km",
        "channel", "clause", "annex", "room",
        "mile", "phase", "lines", "routes", "flights", "articles", "sections", "checkpoint", "checkpoints",
        "rooms", "gates", "level", "stage", "category", "grade", "step", "item", "resolution", "order",
    ]

    static let phones: Set<String> = [
        "call", "emergencies", "emergency", "fax", "helpline", "hotline", "phone", "tel", "telephone",
    ]

    static let labels: Set<String> = lowerLabels.union([
        "street", "avenue", "square", "lane", "ring", "quay", "patient", "group", "unit", "battalion",
        "brigade", "division", "regiment", "squadron", "company", "district", "ward", "zone", "sector",
        "area",
        "apollo", "formula", "group", "iphone", "windows", "playstation", "boeing", "airbus", "building",
        "block", "tower", "pier", "berth",
        "reactor", "unit", "mine", "shaft", "well", "pit", "lot", "plot", "car", "terminal", "hangar",
        "school", "precinct", "station",
        "bulletin", "report", "directive", "regulation", "act", "bill", "protocol", "law", "rule", "table",
        "chart", "appendix", "part", "volume",
        "series", "season", "episode", "round", "week", "day", "game", "match", "type", "class", "model",
        "mark", "mk", "road", "interstate", "exit",
        "motorway", "autobahn", "bus", "train", "tram", "camp", "vessel", "hull", "ticket", "tel",
        "telephone", "phone", "hotline", "emergencies", "call", "dial",
    ])
}
