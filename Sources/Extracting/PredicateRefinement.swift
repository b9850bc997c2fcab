/// Predicates that mean another thing by what is counted: soldiers that are lost are dead, lost jobs are cut.
enum PredicateRefinement {
    /// Returns the class that a predicate has with a counted head and unit; the predicate itself where no rule speaks.
    static func name(_ predicate: String?, head: String?, unit: String) -> String? {
        if unit == "seat" || head == "seat" { return predicate == "cut" ? predicate : "win" }
        guard let predicate else { return nil }
        if let head, jobs.contains(head), jobLosses.contains(predicate) { return "layoff" }
        if let head, fighters.contains(head), predicate == "lose" { return "kill" }
        if volumes.contains(unit), escapes.contains(predicate) { return "spill" }
        return predicate
    }

    private static let jobs: Set<String> = ["job", "position", "post", "role"]
    private static let jobLosses: Set<String> = ["close", "cut", "eliminate", "go", "lose", "scrap", "shed"]
    private static let fighters: Set<String> = [
        "fighter", "guerrilla", "insurgent", "man", "militant", "rebel", "serviceman", "soldier", "troop",
    ]
    private static let volumes: Set<String> = ["barrel", "cubic_metre", "gallon", "litre", "tonne"]
    private static let escapes: Set<String> = ["escap", "escape", "leak", "leave", "release", "discharge"]
}
