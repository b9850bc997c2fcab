/// Phrases of lower-case words, found by their first word, the longest first.
struct Phrases<Value: Sendable>: Sendable {
    private var byFirst: [String: [(words: [String], value: Value)]] = [:]

    /// Creates a table of phrases; the words of a phrase are parted by blanks.
    init(_ rows: [(String, Value)]) {
        for (phrase, value) in rows {
            let words = phrase.split(separator: " ").map(String.init)
            guard let first = words.first else { continue }
            byFirst[first, default: []].append((words, value))
        }
        for key in byFirst.keys { byFirst[key]?.sort { $0.words.count > $1.words.count } }
    }

    /// The words with which a phrase begins.
    var firstWords: Set<String> { Set(byFirst.keys) }

    /// What the phrases stand for, one value for each phrase.
    var values: [Value] { byFirst.values.joined().map(\.value) }

    /// Returns what a phrase of one word stands for.
    func value(of word: String) -> Value? { byFirst[word]?.first { $0.words.count == 1 }?.value }

    /// Returns the longest phrase that begins at an index: its value and the index behind it.
    func match(in sentence: Sentence, at index: Int) -> (value: Value, end: Int)? {
        guard let candidates = byFirst[sentence.lower(index)] else { return nil }
        for candidate in candidates where sentence.matches(candidate.words, at: index) {
            return (candidate.value, index + candidate.words.count)
        }
        return nil
    }
}
