import FoundationEssentials
import TallyModel

/// The English words for numbers.
enum NumberWords {
    /// Words below a hundred by value.
    static let small = Table("number_words.tsv", PackageResources.number_words_tsv, columns: 2)
        .byFirstField { $0.integer(1) }

    /// Words of scale by value; `dozen` is no power of ten.
    static let scales = scaleTable.filter { $0.value.isAny }.mapValues(\.value)

    /// Words of scale behind number words alone ("three score").
    static let wordScales = scaleTable.filter { !$0.value.isAny }.mapValues(\.value)

    /// Marks of scale that stand only behind digits ("1.2bn").
    static let marks = Table("scale_marks.tsv", PackageResources.scale_marks_tsv, columns: 2)
        .byFirstField { $0.decimal(1) }

    /// Marks of scale that stand behind number words as well ("four mln"): all of two letters and more.
    static let wordMarks = marks.filter { $0.key.utf8.count > 1 && $0.key != "mm" && $0.key != "mil" }

    /// Words for an uncertain number with its bounds.
    static let vague = Table("vague_words.tsv", PackageResources.vague_words_tsv, columns: 3)
        .byFirstField { (low: $0.decimal(1), high: $0.decimal(2)) }

    /// Denominators of fractions, singular and plural.
    static let denominators = Table("denominators.tsv", PackageResources.denominators_tsv, columns: 2)
        .byFirstField { $0.integer(1) }

    /// Ordinals by value: a place in an order.
    static let ordinalValues = Table("ordinals.tsv", PackageResources.ordinals_tsv, columns: 2)
        .byFirstField { $0.decimal(1) }

    /// The words for a place in an order.
    static let ordinals = Set(ordinalValues.keys)

    /// Signs of fractions by value ("½").
    static let signs = Table("fraction_signs.tsv", PackageResources.fraction_signs_tsv, columns: 3)
        .byFirstField { $0.decimal(1) / $0.decimal(2) }

    private static let scaleTable = Table("scales.tsv", PackageResources.scales_tsv, columns: 3)
        .byFirstField { row in
            guard row[2] == "any" || row[2] == "words" else { row.fail("has \(row[2]) for any or words") }
            return (value: row.decimal(1), isAny: row[2] == "any")
        }
}
