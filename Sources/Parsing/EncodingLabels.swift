import TallyModel

/// The names of encodings as documents write them, by the name that the converter knows
/// (<https://encoding.spec.whatwg.org/#names-and-labels>).
enum EncodingLabels {
    private static let names = Table(
        "encoding-labels.tsv",
        PackageResources.encoding_labels_tsv,
        columns: 2
    ).pairs

    /// Returns the converter's name of an encoding; one that the standard does not list is the converter's own affair.
    static func name(of label: String) -> String? {
        let label = label.lowercased().trimmed
        guard !label.isEmpty else { return nil }
        return names[label] ?? label
    }
}
