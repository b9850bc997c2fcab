import Syntax
import TallyModel

/// Predicates that mean another thing by what is counted: soldiers that are lost are dead, lost jobs are cut.
enum PredicateRefinement {
    /// Returns the class that a predicate has with a counted head and unit; the predicate itself where no rule speaks.
    static func name(_ predicate: String?, head: String?, unit: String) -> String? {
        if unit == "seat" || head == "seat" { return predicate == "cut" ? predicate : "win" }
        if let head, results.contains(head), UnitTable.codes.contains(unit),
            PredicateClass.named(predicate ?? "").map({ moves.contains($0.name) }) ?? true
        {
            return "earn"
        }
        if unit == "percentage_point", let head, leads.contains(head) { return "lead" }
        if unit == "percent", let head, votes.contains(head),
            predicate.map({ ["earn", "end", "fall", "get", "rise", "take", "trail", "vote"].contains($0) })
                ?? true
        {
            return "win"
        }
        guard let predicate else { return nil }
        // "The index rallies 300 points": only people rally in the street.
        if predicate == "march", unit != "people", unit != "percent" { return "rise" }
        // Shops that are axed are closed.
        if predicate == "layoff", unit != "people", unit != "percent" { return "close" }
        if predicate == "hospitalise", unit != "people", unit != "percent" { return nil }
        if let head, prisoners.contains(head), predicate == "displace" { return "escape" }
        if unit == "people", removals.contains(predicate) { return "evacuate" }
        // "The express carried 254 people"
        if unit == "people", predicate == "carry" { return "board" }
        if let head, projectiles.contains(head) {
            if launches.contains(predicate) { return "launch" }
            if downings.contains(predicate) { return "shootdown" }
        }
        if let head, goods.contains(head), arrivals.contains(predicate) { return "deliver" }
        if let head, jobs.contains(head), jobLosses.contains(predicate) { return "layoff" }
        if let head, fighters.contains(head), predicate == "lose" || predicate == "fall" { return "kill" }
        if unit == "percent", let head, fires.contains(head), holding.contains(predicate) { return "contain" }
        if volumes.contains(unit), escapes.contains(predicate) { return "spill" }
        return predicate
    }

    /// Whether a sum of money that stands before the thing that changes hands tells its worth, and not its price:
    /// "sells its stake in the $10 billion unit".
    static func isWorth(_ reading: QuantityReading, predicate: String?, in sentence: Sentence) -> Bool {
        guard let predicate, trades.contains(predicate), let tree = sentence.tree,
            let top = tree.top(of: reading.number),
            [.nummod, .nmod, .compound, .amod].contains(tree.labels[top])
        else { return false }
        let noun = tree.heads[top]
        return noun >= reading.tokens.upperBound && tree.tags[noun].isNoun
            && !MoneyNouns.contains(Words.singular(sentence.lower(noun)))
    }

    private static let trades: Set<String> = ["acquire", "buy", "purchase", "sell"]

    /// What a company earns and keeps, whatever the verb.
    private static let results: Set<String> = [
        "earnings", "flow", "income", "loss", "profit", "revenue", "sales", "turnover",
    ]
    private static let moves: Set<String> = ["fall", "measure", "release", "rise"]
    private static let votes: Set<String> = ["ballot", "vote"]
    private static let leads: Set<String> = ["advantage", "edge", "gap", "lead", "majority", "margin"]
    private static let prisoners: Set<String> = ["convict", "detainee", "inmate", "prisoner"]
    /// Verbs that take people from where they are.
    private static let removals: Set<String> = ["drive", "move", "remove", "transfer"]
    // Source: the words of the two sides of an air raid in their communiques.
    private static let projectiles: Set<String> = ["drone", "missile", "projectile", "rocket"]
    private static let launches: Set<String> = ["attack", "employ", "fire", "launch", "lob", "use"]
    private static let downings: Set<String> = ["destroy", "down", "kill", "neutralise", "seize", "shoot"]
    private static let goods: Set<String> = [
        "aid", "ammunition", "aircraft", "dose", "drone", "jet", "medicine", "missile", "parcel", "shell",
        "supply",
        "tank", "tent", "vaccine", "weapon",
    ]
    private static let arrivals: Set<String> = ["arrive", "fly", "land", "receive", "reach", "send", "ship"]

    static let jobs: Set<String> = ["job", "position", "post", "role"]
    private static let jobLosses: Set<String> = [
        "close", "cost", "cut", "disappear", "eliminate", "forecast", "go", "kill", "lose", "cancel", "scrap",
        "shed", "stake",
        "vanish",
    ]
    private static let fighters: Set<String> = [
        "fighter", "guerrilla", "insurgent", "man", "militant", "rebel", "serviceman", "soldier", "troop",
    ]
    /// What firefighters hold a share of.
    private static let fires: Set<String> = ["blaze", "fire", "front", "perimeter", "wildfire"]
    private static let holding: Set<String> = ["contain", "control", "secure", "stabilise", "stabilize"]
    private static let volumes: Set<String> = ["barrel", "cubic_metre", "gallon", "litre", "tonne"]
    private static let escapes: Set<String> = [
        "discharge", "enter", "escap", "escape", "expose", "flow", "gush", "leak", "leave", "lose", "pour",
        "release",
    ]
}
