import Syntax

/// Finds the verbs that a counted or measured thing hangs on in the tree of its sentence.
struct GovernorReader: Sendable {
    /// Returns the verbs about a token from the nearest to the farthest: the clause that narrows it, the verb it is
    /// subject or object of, and those that one goes on from.
    func verbs(about index: Int, in sentence: Sentence) -> [Int] {
        guard let tree = sentence.tree else { return [] }
        var found: [Int] = []
        if let clause = tree.child(of: index, .acl, .relcl), tree.tags[clause].isVerb,
            !isOfPlace(clause, in: sentence, tree)
        {
            found.append(clause)
        }
        var current = index
        for _ in 0..<6 {
            let head = tree.heads[current]
            guard head != current else { break }
            if tree.tags[head].isVerb {
                found.append(head)
                // "were left homeless", "said to have died": what a verb of no content leads on to.
                if let next = tree.child(of: head, .acomp, .oprd, .xcomp), next != current {
                    found.append(next)
                }
                guard Self.through.contains(tree.labels[head]) else { break }
            } else if tree.tags[head].isAdjective {
                found.append(head)
            } else if let participle = tree.child(of: head, .amod), participle > current, participle < head,
                tree.tags[participle].isVerb
            {
                // "and nine taken prisoner"
                found.append(participle)
            } else if !Self.nominal.contains(tree.labels[current]) {
                break
            }
            current = head
        }
        return found
    }
}

private extension GovernorReader {
    /// Whether a clause tells what others do at a thing: "three stations, in which 2,046 persons had voted".
    func isOfPlace(_ clause: Int, in sentence: Sentence, _ tree: SentenceTree) -> Bool {
        tree.children[clause].contains { child in
            guard child < clause else { return false }
            if sentence.lower(child) == "where" { return true }
            return tree.labels[child] == .prep
                && tree.child(of: child, .pobj).map { sentence.lower($0) } == "which"
        }
    }

    /// The relations over which a verb goes on from another one.
    static let through: Set<Dependency> = [.xcomp, .auxpass, .aux]
    /// The relations over which a noun hangs on a verb.
    static let nominal: Set<Dependency> = [
        .nummod, .amod, .compound, .nmod, .quantmod, .prep, .pobj, .appos, .conj, .attr, .npadvmod, .dep,
        .acomp,
        .nsubj, .nsubjpass, .dobj, .advmod, .poss, .agent,
    ]
}
