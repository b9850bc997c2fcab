/// The six features of a token that the embeddings are looked up by.
struct LexicalFeatures: Hashable, Sendable {
    var norm: UInt64
    var prefix: UInt64
    var suffix: UInt64
    var shape: UInt64
    var isSpaceBehind: Bool

    init(of token: SyntaxToken, norms: [UInt64: UInt64]) {
        let text = token.text
        let spelling = LexicalHash.hash(text)
        if let norm = norms[spelling] {
            self.norm = norm
        } else {
            norm = LexicalHash.hash(Self.commonNorms[text] ?? text.lowercased())
        }
        let scalars = text.unicodeScalars
        prefix = LexicalHash.hash(String(scalars.prefix(1)))
        suffix = LexicalHash.hash(String(scalars.suffix(3)))
        shape = LexicalHash.hash(Self.shape(of: scalars))
        isSpaceBehind = token.isSpaceBehind
    }

    /// Returns the values in the order of the model's embeddings; a token is never white space.
    var values: [UInt64] { [norm, prefix, suffix, shape, isSpaceBehind ? 1 : 0, 0] }

    /// Returns the kinds of a word's characters, no kind more than four times in a row ("Xxxxx", "dd,ddd").
    static func shape(of scalars: String.UnicodeScalarView) -> String {
        guard scalars.count < 100 else { return "LONG" }
        var shape = String.UnicodeScalarView()
        var last: Unicode.Scalar?
        var run = 0
        for scalar in scalars {
            let kind = Self.kind(of: scalar)
            run = kind == last ? run + 1 : 0
            last = kind
            if run < 4 { shape.append(kind) }
        }
        return String(shape)
    }

    private static func kind(of scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 48...57: "d"
        case 65...90: "X"
        case 97...122: "x"
        case 0..<0x80: scalar
        default:
            scalar.properties.isAlphabetic ? (scalar.properties.isUppercase ? "X" : "x") : scalar
        }
    }

    // Source: spaCy 3.8, lang/norm_exceptions.py and lang/en/tokenizer_exceptions.py (MIT).
    private static let commonNorms: [String: String] = [
        "'d": "would", "'ll": "will", "'m": "am", "'re": "are", "'ve": "have", "n't": "not",
        "\u{2019}d": "would",
        "\u{2019}ll": "will", "\u{2019}m": "am", "\u{2019}re": "are", "\u{2019}s": "'s", "\u{2019}ve": "have",
        "n\u{2019}t": "not", "ca": "can", "wo": "will", "sha": "shall",
        "\u{2019}": "'", "\u{2018}": "'", "`": "'", "\u{B4}": "'",
        "\u{201C}": "\"", "\u{201D}": "\"", "\u{201E}": "\"", "\u{AB}": "\"", "\u{BB}": "\"", "''": "\"",
        "\u{2026}": "...", "\u{2014}": "-", "\u{2013}": "-", "--": "-", "---": "-",
        "\u{20AC}": "$", "\u{A3}": "$", "\u{A5}": "$", "\u{20B9}": "$", "\u{20A9}": "$", "\u{20BA}": "$",
        "US$": "$", "C$": "$", "A$": "$",
    ]
}
