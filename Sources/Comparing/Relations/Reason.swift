import FoundationEssentials
import TallyModel

/// One readable sentence on a comparison: both values, who says so, and when.
enum Reason {
    /// Returns the sentence for a claim against the decisive earlier one.
    static func text(
        of claim: SourcedClaim,
        relation: Comparison.Relation,
        nuance: Comparison.Nuance?,
        against earlier: SourcedClaim?,
        label: String
    ) -> String {
        let now = voice(of: claim)
        guard let earlier else { return "\(now): \(amount(of: claim)) (\(label)), first told of." }
        let verb = verb(of: relation, nuance: nuance)
        return
            "\(label): \(amount(of: claim)) (\(now)) \(verb) \(amount(of: earlier)) (\(voice(of: earlier)))."
    }

    /// Returns the sentence for a claim against a baseline that a person has set.
    static func text(
        of claim: SourcedClaim,
        relation: Comparison.Relation,
        baseline: Baseline,
        label: String
    ) -> String {
        "\(label): \(amount(of: claim)) (\(voice(of: claim))) \(verb(of: relation, nuance: nil)) the baseline of \(bounds(of: baseline))."
    }

    /// Returns the sentence for a person's word on a baseline, with the note where there is one.
    static func text(ofPerson figure: Figure, isPinned: Bool) -> String {
        let done =
            isPinned ? "pinned at \(bounds(of: figure.baseline)) by a person" : "no longer pinned by a person"
        return "\(figure.label): \(done)\(figure.baseline.note.map { " (\($0))" } ?? "")."
    }

    private static func bounds(of baseline: Baseline) -> String {
        let low = baseline.low.map { "\($0)" } ?? "…"
        let high = baseline.high.map { "\($0)" } ?? "…"
        return low == high ? low : "\(low) to \(high)"
    }

    private static func amount(of sourced: SourcedClaim) -> String {
        let surface = sourced.claim.surface.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return "\u{201C}\(surface)\u{201D}"
    }

    private static func voice(of sourced: SourcedClaim) -> String {
        let day = Timestamp.text(of: sourced.article.published).prefix(10)
        guard let attribution = sourced.claim.attribution else { return "\(sourced.article.outlet), \(day)" }
        return "\(attribution) in \(sourced.article.outlet), \(day)"
    }

    private static func verb(of relation: Comparison.Relation, nuance: Comparison.Nuance?) -> String {
        switch nuance {
        case .corrected: return "corrects"
        case .denied: return "is a denial of"
        case .stale: return "is older than"
        case .subset: return "cannot stand beside"
        case nil: break
        }
        switch relation {
        case .new: return "is new beside"
        case .agree: return "agrees with"
        case .refine: return "narrows"
        case .update: return "updates"
        case .contradict: return "contradicts"
        case .different: return "is another figure than"
        }
    }
}
