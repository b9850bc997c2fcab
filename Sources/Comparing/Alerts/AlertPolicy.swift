public import FoundationEssentials
public import TallyModel

/// What deserves an alert, and how loud it is.
public struct AlertPolicy: Sendable {
    /// The least confidence of a claim that a new figure is told of, 0 to 1.
    private let minimumConfidence: Double
    private let watches: [String: Watch]

    /// Creates the policy of some watches; without any, every figure is told of.
    public init(watches: [Watch] = [], minimumConfidence: Double = 0.4) {
        self.watches = Dictionary(watches.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.minimumConfidence = minimumConfidence
    }

    /// Returns the alerts on an outcome, at most one for each figure and type, contradictions first.
    ///
    /// - Parameters:
    ///   - outcome: What the article has changed.
    ///   - placement: Where the article belongs.
    ///   - now: When the alerts are raised.
    /// - Returns: The alerts, ready to be stored.
    public func alerts(for outcome: Outcome, placement: Placement, at now: Date) -> [Alert] {
        var seen: Set<String> = []
        var alerts: [Alert] = []
        for comparison in outcome.comparisons {
            guard let kind = kind(of: comparison, placement: placement) else { continue }
            guard isWanted(kind, comparison.figure),
                seen.insert("\(kind.rawValue) \(comparison.figure.id)").inserted
            else { continue }
            alerts.append(alert(kind, on: comparison, placement: placement, at: now))
        }
        let ranks = alerts.enumerated().sorted { a, b in
            (rank(of: a.element), a.offset) < (rank(of: b.element), b.offset)
        }
        return ranks.map(\.element)
    }
}

extension AlertPolicy {
    private func kind(of comparison: Comparison, placement: Placement) -> Alert.Kind? {
        guard !comparison.figure.isMuted else { return nil }
        let isNamed = comparison.figure.watch?.figure != nil
        switch comparison.relation {
        case .agree, .different, .refine: return nil
        case .contradict:
            switch comparison.nuance {
            case .corrected: return .corrected
            case .denied: return denialKind(of: comparison)
            case .stale, .subset, nil: return .contradicted
            }
        case .update:
            if comparison.nuance == .corrected { return .corrected }
            if comparison.nuance == .stale { return nil }
            return comparison.isCentral || isNamed ? .updated : nil
        case .new:
            if isNamed { return .new }
            guard !placement.isNew, comparison.isCentral else { return nil }
            return comparison.claim.claim.confidence >= minimumConfidence ? .new : nil
        }
    }

    /// Who denies another's number contradicts it; who denies its own takes it back, and nobody stands against anybody.
    ///
    /// A watch that asks for one of the two gets both under that name.
    private func denialKind(of comparison: Comparison) -> Alert.Kind {
        let isOwn =
            comparison.against.first.map { Party($0).isSameSide(as: Party(comparison.claim)) } ?? false
        let kind: Alert.Kind = isOwn ? .denied : .contradicted
        let other: Alert.Kind = isOwn ? .contradicted : .denied
        return isWanted(kind, comparison.figure) || !isWanted(other, comparison.figure) ? kind : other
    }

    private func isWanted(_ kind: Alert.Kind, _ figure: Figure) -> Bool {
        guard !watches.isEmpty else { return true }
        guard let name = figure.watch?.watch, let watch = watches[name] else { return false }
        return watch.alerts.contains(kind)
    }

    private func rank(of alert: Alert) -> Int {
        switch alert.type {
        case .contradicted: 0
        case .corrected: 1
        case .denied: 2
        case .updated: 3
        case .new: 4
        case .sourceFailing, .sourceRecovered: 5
        }
    }

    private func severity(of kind: Alert.Kind, _ comparison: Comparison) -> Alert.Severity {
        switch kind {
        case .contradicted: comparison.isCentral || comparison.figure.watch != nil ? .critical : .warning
        case .corrected, .denied: .warning
        case .new, .updated, .sourceFailing, .sourceRecovered: .info
        }
    }

    private func alert(
        _ kind: Alert.Kind,
        on comparison: Comparison,
        placement: Placement,
        at now: Date
    ) -> Alert {
        let figure = comparison.figure
        var details = Alert.Details(severity: severity(of: kind, comparison), reason: comparison.reason)
        details.story = Alert.StoryReference(id: placement.story.id, title: placement.story.title)
        details.watch = figure.watch?.watch
        details.figure = Alert.FigureReference(id: figure.id, label: figure.label, unit: figure.unit)
        details.claim = Alert.ClaimInAlert(comparison.claim)
        if kind != .new {
            details.baseline = Alert.BaselineInAlert(figure.baseline, claims: comparison.against)
        }
        details.firstOfStory = placement.isNew
        return Alert(
            id: Identifier.derived("alert_", from: [kind.rawValue, figure.id, comparison.claim.id]),
            type: kind,
            timestamp: now,
            data: details
        )
    }
}
