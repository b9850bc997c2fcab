/// The relation of a token to its head, by the labels of ClearNLP that the model was trained on
/// (https://github.com/clir/clearnlp-guidelines/blob/master/md/specifications/dependency_labels.md).
public enum Dependency: String, Hashable, Sendable {
    case root = "ROOT"
    case acl, acomp, advcl, advmod, agent, amod, appos, attr, aux, auxpass, cc, ccomp, compound, conj, csubj
    case csubjpass, dative, dep, det, dobj, expl, intj, mark, meta, neg, nmod, npadvmod, nsubj, nsubjpass
    case nummod, oprd, parataxis, pcomp, pobj, poss, preconj, predet, prep, prt, punct, quantmod, relcl
    case xcomp
    case caseMarking = "case"

    /// Whether it makes a token the subject of its verb.
    public var isSubject: Bool {
        switch self {
        case .nsubj, .nsubjpass, .csubj, .csubjpass: true
        default: false
        }
    }
}
