import FoundationEssentials

/// The English words for numbers.
enum NumberWords {
    /// Words below a hundred by value.
    static let small: [String: Int] = TableReader.pairs(smallRows).mapValues { Int($0) ?? 0 }

    /// Words and marks of scale by power of ten; `dozen` and `score` are no powers.
    static let scales: [String: Decimal] = TableReader.pairs(scaleRows).mapValues { Decimal(string: $0) ?? 1 }

    /// Marks of scale that stand only behind digits ("1.2bn").
    static let marks: [String: Decimal] = TableReader.pairs(markRows).mapValues { Decimal(string: $0) ?? 1 }

    /// Words for an uncertain number with its bounds.
    static let vague: [String: (low: Decimal, high: Decimal)] = {
        var table: [String: (low: Decimal, high: Decimal)] = [:]
        for cells in TableReader.rows(vagueRows) {
            table[cells[0]] = (Decimal(string: cells[1]) ?? 0, Decimal(string: cells[2]) ?? 0)
        }
        return table
    }()

    /// Denominators of fractions, singular and plural.
    static let denominators: [String: Int] = TableReader.pairs(denominatorRows).mapValues { Int($0) ?? 1 }

    /// Ordinals that stand for a place in an order.
    static let ordinals: Set<String> = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
        "eleventh",
        "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
        "nineteenth",
        "twentieth", "thirtieth", "fortieth", "fiftieth", "hundredth",
    ]

    // word | value. Source: Unicode CLDR, rule-based number formats for English (rbnf/en.xml).
    private static let smallRows = """
        eight|8
        eighteen|18
        eighty|80
        eleven|11
        fifteen|15
        fifty|50
        five|5
        forty|40
        four|4
        fourteen|14
        nine|9
        nineteen|19
        ninety|90
        one|1
        seven|7
        seventeen|17
        seventy|70
        six|6
        sixteen|16
        sixty|60
        ten|10
        thirteen|13
        thirty|30
        three|3
        twelve|12
        twenty|20
        two|2
        zero|0
        """

    // word | value. Source: Unicode CLDR, rbnf/en.xml and rbnf/en_IN.xml.
    private static let scaleRows = """
        billion|1000000000
        bln|1000000000
        crore|10000000
        dozen|12
        hundred|100
        lakh|100000
        million|1000000
        mln|1000000
        score|20
        thousand|1000
        trillion|1000000000000
        """

    // mark | value. Source: the style guides of the BBC, The Guardian and The Economist (m, bn, tn); AP for k.
    private static let markRows = """
        b|1000000000
        bn|1000000000
        k|1000
        m|1000000
        mio|1000000
        mln|1000000
        mn|1000000
        t|1000000000000
        tn|1000000000000
        trn|1000000000000
        """

    // word | lower | upper. Source: PRODUCT.md, "Quantities"; the bounds are those between which news agencies use
    // the word: from two of the unit named to the last number below the next word.
    private static let vagueRows = """
        billions|2000000000|9999999999
        dozens|24|99
        few|3|5
        handful|3|9
        hundreds|200|999
        millions|2000000|9999999
        scores|40|199
        several|3|9
        thousands|2000|9999
        """

    // word | denominator. Source: Unicode CLDR, rbnf/en.xml, ordinals.
    private static let denominatorRows = """
        eighth|8
        eighths|8
        fifth|5
        fifths|5
        fourth|4
        fourths|4
        half|2
        halves|2
        ninth|9
        ninths|9
        quarter|4
        quarters|4
        seventh|7
        sevenths|7
        sixth|6
        sixths|6
        tenth|10
        tenths|10
        third|3
        thirds|3
        """
}
