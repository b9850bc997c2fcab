import TallyModel

/// The words that bound a number.
enum QualifierTable {
    /// Phrases before the number.
    static let before = phrases(
        Table("qualifiers_before.tsv", PackageResources.qualifiers_before_tsv, columns: 2)
    )
    /// Phrases behind the number and its noun.
    static let after = phrases(
        Table("qualifiers_after.tsv", PackageResources.qualifiers_after_tsv, columns: 2)
    )

    private static func phrases(_ table: Table) -> Phrases<Quantity.Qualifier> {
        Phrases(
            table.rows.map { row in
                guard let qualifier = Quantity.Qualifier(rawValue: row[1]) else {
                    row.fail("has \(row[1]) where a qualifier is due")
                }
                return (row[0], qualifier)
            }
        )
    }
}
