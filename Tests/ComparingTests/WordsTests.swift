import Testing

@testable import Comparing

@Suite struct WordsTests {
    @Test("words are folded: lower case, no accents, no possessive endings")
    func folding() {
        let words = Words.all(
            of: "Łódź\u{2019}s 42-year-old Müller said: \u{201C}Éric's\u{201D} e\u{301}t ''x''"
        )
        #expect(words.map(\.text) == ["lodz", "42", "year", "old", "muller", "said", "eric", "et", "x"])
        #expect(
            words.map(\.isCapitalised) == [true, false, false, false, true, false, true, false, false]
        )
        #expect(
            words.map(\.isSentenceStart) == [true, false, false, false, false, false, true, false, false]
        )
    }

    @Test("letters of other alphabets are words, in lower case")
    func alphabets() {
        #expect(Words.all(of: "Київ, 北京 Ωmega\u{1F30A}½").map(\.text) == ["київ", "北京", "ωmega", "½"])
        #expect(Words.all(of: "").isEmpty && Words.all(of: "'' \u{2019} - !").isEmpty)
    }

    @Test(
        "plurals lose their endings",
        arguments: [
            ("houses", "house"), ("children", "child"), ("people", "person"), ("cities", "city"),
            ("gas", "gas"),
            ("boxes", "box"), ("churches", "church"), ("crisis", "crisis"), ("virus", "virus"),
            ("glass", "glass"), ("été", "été"), ("ties", "tie"), ("women", "woman"), ("lives", "life"),
        ]
    )
    func stems(word: String, stem: String) { #expect(Words.stem(of: word) == stem) }

    @Test("numbers, letters and stop words are no content")
    func content() {
        #expect(Words.content(of: "The 42 soldiers, a B and ½ of 3rd Armies") == ["soldier", "army"])
    }

    @Test(
        "words are found where the characters of a text are theirs",
        arguments: [
            ("12", "About 12 of 12"), ("12", "12"), ("12", "1 2"), ("12", ""), ("1", "x1\u{301} 1"),
            ("é5", "cafe\u{301}5"), ("5", "\u{201C}5\u{201D} and 5"), ("5", "a\r\n5\n"),
            ("£5", "for £5 more"),
        ]
    )
    func ranges(words: String, text: String) {
        #expect(Words.range(of: words, in: text) == text.firstRange(of: words))
    }
}
