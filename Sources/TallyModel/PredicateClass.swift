/// A class of predicates that count as the same happening, whatever the verb ("killed", "died", "claimed the lives of").
public struct PredicateClass: Hashable, Sendable {
    /// The base form that names the class ("kill").
    public let name: String
    /// Whether the number of those concerned can only rise within one event.
    public let isCumulative: Bool
    /// Whether a story is followed for numbers of this class.
    public let isCentral: Bool
    /// The class that holds this one as a part ("kill" is a part of "casualty"); `nil` for none.
    public let partOf: String?

    /// Returns the class of a name; `nil` if the table has none.
    public static func named(_ name: String) -> PredicateClass? { table[name] }

    /// Every class, in the order of the table.
    public static let all: [PredicateClass] = rows.split(separator: "\n").map { line in
        let cells = line.split(separator: "|", omittingEmptySubsequences: false)
        return PredicateClass(
            name: String(cells[0]),
            isCumulative: cells[1] == "c",
            isCentral: cells[2] == "!",
            partOf: cells[3].isEmpty ? nil : String(cells[3])
        )
    }

    private static let table = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    // name | c = only rises | ! = central | part of. Source: PRODUCT.md's predicates, and the classes that UCDP,
    // ACLED and OCHA keep apart in their counts of people.
    private static let rows = """
        abduct|c|!|
        affect|c|!|
        age|||
        arrest|c|!|
        attend||!|
        award||!|
        blackout||!|
        board|||
        build|||
        burn|c|!|
        buy||!|
        cancel||!|
        capacity|||
        capture||!|
        casualty|c|!|
        charge|c|!|
        close||!|
        contain||!|
        cost||!|
        cross|c|!|
        cut||!|
        damage|c|!|
        deliver||!|
        deport|c|!|
        deploy||!|
        destroy|c|!|
        displace||!|
        earn||!|
        employ|||
        escape|c|!|
        evacuate|c|!|
        expose||!|
        fall||!|
        fine||!|
        forecast|||
        hold||!|
        homeless||!|
        hospitalise||!|
        infect|c|!|
        kill|c|!|casualty
        last|||
        launch|c|!|
        layoff||!|
        lead||!|
        live|||
        lose||!|
        march||!|
        measure||!|
        missing||!|
        owe|||
        need||!|
        pay|||
        pledge||!|
        produce|||
        raise||!|
        recall|c|!|
        recruit|||
        release||!|
        rescue|c|!|
        rise||!|
        sanction||!|
        sell|||
        seize||!|
        serve|||
        shootdown|c|!|
        spend|||
        spill||!|
        strand||!|
        strike||!|
        survive||!|
        test|||
        trap||!|
        treat||!|
        vaccinate|c|!|
        vote||!|
        win||!|
        wound|c|!|casualty
        """
}
