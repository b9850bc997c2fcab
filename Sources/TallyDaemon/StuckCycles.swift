/// Cycles that have got no further for so long that something must be stuck.
struct StuckCycles: Error, CustomStringConvertible {
    /// The names of their sources, sorted.
    let sources: [String]

    var description: String { "stuck cycles: \(sources.joined(separator: ", "))" }
}
