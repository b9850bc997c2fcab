import Parsing
import TallyModel
import Testing

@Suite("Encodings of pages")
struct EncodingTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let shows: String
        var mark: [UInt8] = []
        var contentType: String?
        var meta = ""
        /// The bytes of the word that follows "Twelve ".
        let bytes: [UInt8]
        let text: String
        var testDescription: String { shows }
    }

    @Test(
        "the encoding is found as browsers find it",
        arguments: [
            Case(shows: "valid UTF-8 without a word", bytes: [0xC3, 0xA9], text: "é"),
            Case(shows: "no word and no UTF-8", bytes: [0xE9, 0x93], text: "é“"),
            Case(shows: "latin1 is windows-1252", meta: "<meta charset=latin1>", bytes: [0x80], text: "€"),
            Case(
                shows: "the header before the page's own word",
                contentType: "text/html; charset=\"ISO-8859-2\"",
                meta: "<meta charset=koi8-r>",
                bytes: [0xB1],
                text: "ą"
            ),
            Case(
                shows: "http-equiv",
                meta: "<meta http-equiv=content-type content='text/html; charset=Windows-1251'>",
                bytes: [0xE4, 0xE0],
                text: "да"
            ),
            Case(shows: "x-sjis", meta: "<meta charset='x-sjis'>", bytes: [0x93, 0xFA], text: "日"),
            Case(
                shows: "gb2312 is gb18030",
                meta: "<meta charset=GB2312>",
                bytes: [0x80 + 0x30, 0xA1],
                text: "啊"
            ),
            Case(shows: "big5", meta: "<meta charset=big5-hkscs>", bytes: [0xA4, 0xA4], text: "中"),
            Case(
                shows: "ks_c_5601-1987",
                meta: "<meta charset=ks_c_5601-1987>",
                bytes: [0xB0, 0xA1],
                text: "가"
            ),
            Case(
                shows: "iso-8859-9 is windows-1254",
                meta: "<meta charset=iso-8859-9>",
                bytes: [0xFD],
                text: "ı"
            ),
            Case(shows: "dos-874", meta: "<meta charset=dos-874>", bytes: [0xA1], text: "ก"),
            Case(shows: "x-mac-roman", meta: "<meta charset=x-mac-roman>", bytes: [0x8E], text: "é"),
            Case(
                shows: "a mark before everything",
                mark: [0xEF, 0xBB, 0xBF],
                contentType: "text/html; charset=koi8-r",
                bytes: [0xC3, 0xA9],
                text: "é"
            ),
            Case(shows: "an unknown word", meta: "<meta charset=klingon>", bytes: [0xE9], text: "é"),
        ]
    )
    func encoding(example: Case) throws {
        let before = Array("<html><head>\(example.meta)</head><body><p>Twelve ".utf8)
        let bytes = example.mark + before + example.bytes + Array(" men.</p></body></html>".utf8)
        let article = try ArticleExtractor().article(
            fromHTML: bytes,
            contentType: example.contentType,
            url: ""
        )
        #expect(article.text == "Twelve \(example.text) men.")
    }

    struct TwiceCase: Sendable, CustomTestStringConvertible {
        let shows: String
        let written: String
        let text: String
        var testDescription: String { shows }
    }

    @Test(
        "text that was encoded twice is read once more",
        arguments: [
            TwiceCase(
                shows: "by way of windows-1252",
                written: "â€œTwelveâ€\u{9D} menâ€™s lives â€” lost in JosÃ©â€™s mill",
                text: "“Twelve” men’s lives — lost in José’s mill"
            ),
            TwiceCase(
                shows: "by way of ISO 8859-1",
                written: "\u{E2}\u{80}\u{9C}Twelve\u{E2}\u{80}\u{9D} men\u{E2}\u{80}\u{99}s lives",
                text: "“Twelve” men’s lives"
            ),
            TwiceCase(
                shows: "beside text that was encoded once",
                written: "The café: â€œTwelveâ€\u{9D} menâ€™s lives, 40 €",
                text: "The café: “Twelve” men’s lives, 40 €"
            ),
            TwiceCase(
                shows: "a page that tells of it stays as it is",
                written: "Twelve menâ€™s lives: that is how â€™ looks.",
                text: "Twelve menâ€™s lives: that is how â€™ looks."
            ),
            TwiceCase(
                shows: "letters of the kind stay as they are",
                written: "Âge, SÃO, Ãre â Â€ 12",
                text: "Âge, SÃO, Ãre â Â€ 12"
            ),
        ]
    )
    func twice(example: TwiceCase) throws {
        let page = "<html><body><p>\(example.written)</p></body></html>"
        let article = try ArticleExtractor().article(
            fromHTML: Array(page.utf8),
            contentType: "text/html; charset=utf-8",
            url: ""
        )
        #expect(article.text == example.text)
    }
}
