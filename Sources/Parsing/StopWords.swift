/// The commonest words of some languages that none or few of the others share.
///
/// Source: the stop word lists of the Snowball project (<https://snowballstem.org/algorithms/>), cut to the
/// top ranks.
enum StopWords {
    private static let words: [(language: String, words: String)] = [
        ("cs", "ale bylo jako je jeho jsou když která které který nebo není pro při se tak ve že"),
        ("da", "af at blev den der det efter eller ikke jeg med og også som på til var ved"),
        (
            "de",
            "auch auf bei das dem den der die durch ein eine einer es für im ist mit nach nicht sich sie sind und von war werden wie wurde zu zum zur über"
        ),
        (
            "en",
            "about after also and are as at been by for from has have he his in is it its more of on said she that the their they this to was were which who will with would"
        ),
        (
            "es",
            "como con de del el en entre es esta este fue ha la las los más no para pero por que se sin sobre su sus también un una y"
        ),
        ("fi", "ei että hän ja joka kun mukaan myös mutta ne oli olla on ovat se sekä tai"),
        (
            "fr",
            "au aux avec ce cette dans de des du elle en est et il ils la le les leur mais ne ont ou par pas plus pour qu que qui sa se ses son sur un une"
        ),
        ("hu", "az egy el ez hogy is kell meg mint nem pedig szerint után van volt és"),
        (
            "it",
            "al alla anche che con da dal dei del della delle di e gli ha i il in la le ma nel nella non per più si sono su un una è"
        ),
        (
            "nl",
            "aan als bij dat de die door een en er haar heeft het hij in is maar met naar niet nog of ook om op te tot uit van voor was werd wordt zijn"
        ),
        (
            "no",
            "av at ble den det eller en er etter for fra har ikke jeg med og også om på seg som til var ved"
        ),
        (
            "pl",
            "ale by był było co czy do dla i jak jest jego które na nie od oraz po przez się są tak to w z za że"
        ),
        (
            "pt",
            "ao aos as com como da das de do dos e em entre foi mais mas na nas no nos não o os ou para pela pelo por que se sua são também um uma"
        ),
        ("ro", "a au care ce cu de din este fi fost la mai nu o pe pentru prin sau se sunt un și în"),
        ("ru", "а бы был в во для его за и из как к который на не но о об от по при с также то у что это"),
        (
            "sv",
            "att av de den det efter eller en ett för från har hon i inte med men och om på sig som till var vid är"
        ),
        ("tr", "bir bu da daha de en gibi için ile ise kadar olan olarak sonra ve ya çok"),
        ("uk", "а або був в від для до з за й його на не про під та також то у це що як і їх"),
    ]

    private static let index: [String: [String]] = {
        var index: [String: [String]] = [:]
        for row in words {
            for word in row.words.split(separator: " ") {
                index[String(word), default: []].append(row.language)
            }
        }
        return index
    }()

    /// Returns the languages in which a lower-case word is among the commonest.
    static func languages(of word: String) -> [String] { index[word] ?? [] }
}
