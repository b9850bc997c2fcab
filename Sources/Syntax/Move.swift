/// A transition of the arc-eager system, with the relation that its arc gets.
struct Move: Sendable {
    enum Kind: Int, Sendable {
        case shift, reduce, left, right, sentenceBreak
    }

    let kind: Kind
    let label: Dependency
    /// The relation of the head that a non-projective arc was lifted from ("relcl||dobj"; Nivre and Nilsson 2005).
    let liftedFrom: Dependency?

    /// Reads a name as spaCy writes it: `S`, `D`, `L-nsubj`, `R-relcl||dobj`, `B-ROOT`.
    init(name: String) {
        let kinds: [Character: Kind] = [
            "S": .shift, "D": .reduce, "L": .left, "R": .right, "B": .sentenceBreak,
        ]
        guard let letter = name.first, let kind = kinds[letter] else {
            preconditionFailure("the embedded model has no move \(name)")
        }
        self.kind = kind
        let labels = name.dropFirst(2).split(separator: "|")
        label = labels.first.flatMap { Dependency(rawValue: String($0)) } ?? .dep
        liftedFrom = labels.count > 1 ? Dependency(rawValue: String(labels[1])) : nil
    }
}
