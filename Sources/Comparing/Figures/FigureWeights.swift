import Glibc
import TallyModel

/// How much each feature of ``Evidence`` speaks for one figure: a logistic regression, its weights in a table.
///
/// Rules alone, each of which told two claims apart by itself, found 0.41 of the pairs of one figure on twelve annotated
/// events (precision 0.82), and 0.07 on three of them that nobody had looked at: one slot read otherwise was enough to
/// lose a pair. Weighed against each other, the same slots find 0.81 at a precision of 0.74 of the pairs that no scope
/// tells apart, each event by weights fitted on the others (F1 0.78; Scripts/fit_figure_weights.py). Gradient-boosted
/// trees over the same features reached no more (0.70 beside 0.69 before the scopes were vetoes), so the weights stayed.
/// The scopes that stand in ``FigureMatcher`` as vetoes were right in 97 to 100 of 100 pairs; a different noun for a
/// measured thing was in 90, and so became a weight.
enum FigureWeights {
    /// Returns how likely two claims are of one figure, 0 to 1.
    static func likelihood(of evidence: Evidence) -> Double {
        var sum = bias
        for (value, weight) in zip(evidence.values, weights) { sum += value * weight }
        return 1 / (1 + exp(-sum))
    }

    private static let table: [String: Double] = {
        let table = Table("figure_weights.tsv", PackageResources.figure_weights_tsv, columns: 2)
        return table.byFirstField { row in
            guard let weight = Double(row[1]) else { row.fail("has \(row[1]) where a number is due") }
            return weight
        }
    }()

    private static let bias = table["bias", default: 0]
    private static let weights: [Double] = Evidence.Feature.allCases.map { feature in
        guard let weight = table[feature.name] else {
            preconditionFailure("figure_weights.tsv has no row for \(feature.name)")
        }
        return weight
    }
}
