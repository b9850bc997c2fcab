import TallyModel

/// What kind of thing a noun names in its most frequent sense.
enum NounKinds {
    /// A noun's kind: `people animal aircraft item event`; nouns of other kinds are their own unit.
    static let table = Table("noun_kinds.tsv", PackageResources.noun_kinds_tsv, columns: 2).pairs

    /// Returns the unit in which things of a singular noun are counted.
    static func unit(of noun: String) -> String { CountedNames.units[noun] ?? table[noun] ?? noun }
}
