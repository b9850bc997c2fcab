import TallyModel
import Testing

@Suite struct IdentifierTests {
    @Test("parts do not run into each other")
    func parts() {
        #expect(Identifier.derived(from: ["ab", "c"]) != Identifier.derived(from: ["a", "bc"]))
        #expect(Identifier.derived(from: ["a"]) != Identifier.derived(from: ["a", ""]))
    }

    @Test("an alert's identifier bears no full stop, which webhook-id forbids")
    func alertIdentifiers() {
        let id = Identifier.derived("alert_", from: ["figure.new", "x"])
        #expect(id.hasPrefix("alert_"))
        #expect(id.count == 30)
        #expect(!id.contains("."))
    }

    @Test("a digest is SHA-256")
    func digest() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        #expect(Identifier.digest(of: []) == empty)
    }
}
