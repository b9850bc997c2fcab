/// A schema that a newer version has made: going back is not possible.
struct NewerSchema: Error, CustomStringConvertible {
    /// The step that this version does not know.
    let step: String

    var description: String {
        "a newer version has made its schema (step \(step)); use that version, or a backup from before"
    }
}
