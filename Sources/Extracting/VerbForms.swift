import TallyModel

/// Irregular forms of common verbs, and the base of any form.
enum VerbForms {
    /// The base form by irregular form.
    static let irregular = TableReader.pairs(rows)

    /// Returns whether a lower-case word is a verb form that is hardly ever a noun or adjective before a noun.
    static func isClearVerb(_ word: String) -> Bool {
        if irregular[word] != nil || plain.contains(word) { return true }
        if word.hasSuffix("ed"), word.utf8.count > 4 { return true }
        if word.hasSuffix("ing"), word.utf8.count > 5, !nounsInIng.contains(word) { return true }
        return false
    }

    /// Forms that show no tense by their ending.
    private static let plain = TableReader.words(
        """
        become becomes began belong belongs broke came died dies fell fled grew hit lay lie lies lost number remain
        remains rose say says seem seems shrank sank slept spread stand stands struck stuck thought turned want wants
        won wounded hurt
        """
    )

    private static let nounsInIng: Set<String> = [
        "building", "buildings", "evening", "morning", "ceiling", "listing", "lightning", "meeting",
        "killing", "shooting", "warning", "wedding",
        "housing", "being", "filing", "offering", "painting", "ruling", "sibling", "crossing", "bombing",
        "hearing", "polling", "voting",
    ]

    /// Returns whether a lower-case word is a verb's base form.
    static func isBase(_ word: String) -> Bool { verbs.contains(word) }

    /// Returns the base of a lower-case verb form, by table and by ending; the form itself where no verb has it.
    static func base(_ form: String) -> String {
        if let base = irregular[form] ?? exceptions[form] { return base }
        if verbs.contains(form) { return form }
        for (ending, replacements) in endings where form.hasSuffix(ending) {
            let stem = form.dropLast(ending.utf8.count)
            for replacement in replacements where verbs.contains(stem + replacement) {
                return stem + replacement
            }
            // "shipped", "running": the last letter is doubled.
            if stem.utf8.count > 2, stem.last == stem.dropLast().last, verbs.contains(String(stem.dropLast()))
            {
                return String(stem.dropLast())
            }
        }
        return form
    }

    private static let verbs = Table("verbs.tsv", PackageResources.verbs_tsv, columns: 1).words
    private static let exceptions = Table("verb_forms.tsv", PackageResources.verb_forms_tsv, columns: 2).pairs
    private static let endings: [(ending: String, replacements: [String])] = [
        ("ied", ["y"]), ("ies", ["y"]), ("ed", ["e", ""]), ("ing", ["e", ""]), ("es", ["e", ""]), ("s", [""]),
    ]

    // form | base. Source: Cambridge Grammar of the English Language, chapter 18, irregular verbs.
    private static let rows = """
        ate|eat
        became|become
        began|begin
        brought|bring
        built|build
        bought|buy
        came|come
        caught|catch
        drew|draw
        drove|drive
        fed|feed
        felt|feel
        flew|fly
        fought|fight
        found|find
        gave|give
        given|give
        got|get
        held|hold
        kept|keep
        knew|know
        laid|lay
        led|lead
        left|leave
        lent|lend
        made|make
        meant|mean
        met|meet
        noted|note
        paid|pay
        quoted|quote
        voted|vote
        put|put
        ran|run
        said|say
        sat|sit
        saw|see
        seen|see
        sent|send
        shot|shoot
        shown|show
        sold|sell
        spent|spend
        spoke|speak
        stood|stand
        swept|sweep
        taken|take
        taught|teach
        thrown|throw
        told|tell
        took|take
        went|go
        wore|wear
        wrote|write
        """
}
