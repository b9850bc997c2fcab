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

    /// Returns the base of a lower-case verb form, by table and by ending.
    static func base(_ form: String) -> String {
        if let base = irregular[form] { return base }
        if form.hasSuffix("ied") { return String(form.dropLast(3)) + "y" }
        if form.hasSuffix("ed"), form.utf8.count > 4 { return stem(String(form.dropLast(2))) }
        if form.hasSuffix("ing"), form.utf8.count > 5 { return stem(String(form.dropLast(3))) }
        return form
    }

    /// A stem that lost its "e" or doubled its last letter gets its base back.
    private static func stem(_ stem: String) -> String {
        let bytes = Array(stem.utf8)
        guard bytes.count > 2, let last = bytes.last else { return stem }
        let isVowel: (UInt8) -> Bool = { "aeiou".utf8.contains($0) }
        if last == bytes[bytes.count - 2], !"lsz".utf8.contains(last), !isVowel(last) {
            return String(stem.dropLast())
        }
        if "vzcsu".utf8.contains(last), !(last == UInt8(ascii: "s") && bytes[bytes.count - 2] == last) {
            return stem + "e"
        }
        if stem.hasSuffix("at") || stem.hasSuffix("ir") || stem.hasSuffix("ur") || stem.hasSuffix("ag")
            || stem.hasSuffix("dg") || stem.hasSuffix("rg") || stem.hasSuffix("ng") && stem.hasSuffix("ang")
        {
            return stem + "e"
        }
        return stem
    }

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
