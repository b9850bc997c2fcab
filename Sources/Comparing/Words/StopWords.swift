/// Words that tell nothing of what a text is about.
enum StopWords {
    /// Every stop word, folded.
    static let all: Set<String> = Set(rows.split(whereSeparator: \.isWhitespace).map(String.init))

    // Source: the function words of English, the verbs of saying, names of days and months, words of dates and
    // of multitude, as Tallywatch's own list.
    private static let rows = """
        a about above according across added after again against ago all almost alone along already also although
        always am among an and another any anyone april are around as asked at august away back be became because
        been before began behind being below between both but by call called came can can't cannot come could day
        days december did didn't do does doesn't doing don't down during each earlier early either eight eleven
        end estimated even ever every far february few first five following for former four friday from further
        gave get give given go going gone got had has have having he her here hers him himself his hour hours
        how however hundred hundreds i if in including into is it its itself january july june just kept know
        known last late later least less like made make making many march may me meanwhile might million minister
        monday month months more most much must my near nearly never new news next nine no nobody none nor not
        nothing november now number numbers october of off officials on once one only onto or other others our
        out outside over own part per percent put put reported reports said same saturday saw say saying says
        second see seen september set seven several she should since six so some spokesman spokeswoman spokesperson
        statement still such sunday take taken ten than that the their them then there these they third this those
        though thousand thousands three through thursday thus time times to today told told tomorrow too took total
        toward towards tuesday twelve two under until up upon us use used very was way we wednesday week weeks well
        went were what when where whether which while who whole whom whose why will with within without would year
        years yesterday yet you your
        """
}
