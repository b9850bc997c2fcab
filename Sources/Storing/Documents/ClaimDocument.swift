import FoundationEssentials
import TallyModel

/// Claims as the JSON of their contract, written and read without a general coder.
///
/// A comparison reads every claim of a story's figures: hundreds for one that is read anew.
enum ClaimDocument {
    static func text(of claim: Claim) -> String {
        var json = JSONText(reserving: claim.sentence.utf8.count + 600)
        json.add("as_of", claim.asOf)
        json.add("attribution", claim.attribution)
        json.add("confidence", claim.confidence)
        json.add("counted", claim.counted)
        json.add("end", claim.end)
        json.add("head", claim.head)
        json.add("high", claim.quantity.high)
        json.add("kind", claim.kind.rawValue)
        json.add("low", claim.quantity.low)
        json.add("modality", claim.modality.rawValue)
        json.add("names", claim.names)
        json.add("place", claim.place)
        json.add("predicate", claim.predicate)
        json.add("qualifier", claim.quantity.qualifier.rawValue)
        json.add("sentence", claim.sentence)
        json.add("start", claim.start)
        json.add("subject", claim.subject)
        json.add("surface", claim.surface)
        json.add("time_scope", claim.timeScope)
        json.add("unit", claim.quantity.unit)
        return json.closed()
    }

    /// Returns the claim of a document.
    ///
    /// - Throws: A `DecodingError` for what is no claim.
    static func claim(of document: Data) throws -> Claim {
        if let claim = document.withUnsafeBytes(plainClaim) { return claim }
        // What is not in the form of ``text(of:)`` is left to the general reader, which says what is wrong with it.
        return try Document.value(of: document)
    }

    private static func plainClaim(of bytes: UnsafeRawBufferPointer) -> Claim? {
        var json = JSONScanner(bytes)
        var claim = Claim(
            surface: "",
            sentence: "",
            start: 0,
            end: 0,
            quantity: Quantity(low: nil, high: nil, qualifier: .exact, unit: "")
        )
        var missing = required.count
        guard json.open() else { return nil }
        while let name = json.name() {
            guard json.read(name, into: &claim) else { return nil }
            if required.contains(name) { missing -= 1 }
        }
        return json.isClosed && missing == 0 ? claim : nil
    }

    private static let required = ["qualifier", "sentence", "surface", "unit"]
}

private extension JSONScanner {
    /// Reads the value of a member; `false` for one that is not of the form.
    mutating func read(_ name: String, into claim: inout Claim) -> Bool {
        switch name {
        case "as_of": return optionalString(&claim.asOf)
        case "attribution": return optionalString(&claim.attribution)
        case "counted": return optionalString(&claim.counted)
        case "head": return optionalString(&claim.head)
        case "place": return optionalString(&claim.place)
        case "predicate": return optionalString(&claim.predicate)
        case "subject": return optionalString(&claim.subject)
        case "time_scope": return optionalString(&claim.timeScope)
        case "sentence": return string(&claim.sentence)
        case "surface": return string(&claim.surface)
        case "unit": return string(&claim.quantity.unit)
        case "names": return strings(&claim.names)
        case "start": return whole(&claim.start)
        case "end": return whole(&claim.end)
        case "low": return decimal(&claim.quantity.low)
        case "high": return decimal(&claim.quantity.high)
        case "confidence": return double(&claim.confidence)
        case "kind": return choice(&claim.kind)
        case "modality": return choice(&claim.modality)
        case "qualifier": return choice(&claim.quantity.qualifier)
        default: return false
        }
    }
}
