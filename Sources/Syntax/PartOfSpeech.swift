/// The part of speech of a token, by the tags of the Penn Treebank (https://aclanthology.org/J93-2004/).
public enum PartOfSpeech: String, Hashable, Sendable {
    case currency = "$"
    case closingQuote = "''"
    case openingQuote = "``"
    case comma = ","
    case openingBracket = "-LRB-"
    case closingBracket = "-RRB-"
    case fullStop = "."
    case colon = ":"
    case coordinatingConjunction = "CC"
    case cardinalNumber = "CD"
    case determiner = "DT"
    case existentialThere = "EX"
    case foreignWord = "FW"
    case hyphen = "HYPH"
    case preposition = "IN"
    case adjective = "JJ"
    case adjectiveComparative = "JJR"
    case adjectiveSuperlative = "JJS"
    case modal = "MD"
    case noun = "NN"
    case nounPlural = "NNS"
    case properNoun = "NNP"
    case properNounPlural = "NNPS"
    case predeterminer = "PDT"
    case possessiveEnding = "POS"
    case pronoun = "PRP"
    case possessivePronoun = "PRP$"
    case adverb = "RB"
    case adverbComparative = "RBR"
    case adverbSuperlative = "RBS"
    case particle = "RP"
    case to = "TO"
    case verbBase = "VB"
    case verbPast = "VBD"
    case verbGerund = "VBG"
    case verbPastParticiple = "VBN"
    case verbPresent = "VBP"
    case verbPresentThird = "VBZ"
    case whDeterminer = "WDT"
    case whPronoun = "WP"
    case whPossessive = "WP$"
    case whAdverb = "WRB"
    case other = "XX"

    /// Whether it is a noun or a name.
    public var isNoun: Bool {
        switch self {
        case .noun, .nounPlural, .properNoun, .properNounPlural: true
        default: false
        }
    }

    /// Whether it is a name.
    public var isProperNoun: Bool { self == .properNoun || self == .properNounPlural }

    /// Whether it is any form of a verb but a modal.
    public var isVerb: Bool {
        switch self {
        case .verbBase, .verbPast, .verbGerund, .verbPastParticiple, .verbPresent, .verbPresentThird: true
        default: false
        }
    }

    /// Whether it is an adjective of any degree.
    public var isAdjective: Bool {
        switch self {
        case .adjective, .adjectiveComparative, .adjectiveSuperlative: true
        default: false
        }
    }
}
