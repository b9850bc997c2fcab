/// A story's terms as the JSON that ``Document`` reads.
enum TermsDocument {
    static func text(of terms: [String: Double]) -> String {
        var json = JSONText(reserving: terms.count * 32 + 2)
        for (term, weight) in terms.sorted(by: { $0.key < $1.key }) { json.add(name: term, weight) }
        return json.closed()
    }
}
