import FoundationEssentials
import TallyModel

/// Claims as the JSON of their contract, written and read without a general coder.
///
/// A comparison reads every claim of a story's figures: hundreds for one that is read anew.
enum ClaimDocument {
    /// Returns the document of a claim: what is not known or usual stands by its absence, as the contract reads it.
    static func text(of claim: Claim) -> String {
        var json = JSONText(reserving: claim.sentence.utf8.count + 400)
        json.addKnown("as_of", claim.asOf)
        json.addKnown("attribution", claim.attribution)
        json.add("confidence", claim.confidence)
        json.addKnown("counted", claim.counted)
        json.add("end", claim.end)
        json.addKnown("head", claim.head)
        if let high = claim.quantity.high { json.add("high", high) }
        if claim.kind != .total { json.add("kind", claim.kind.rawValue) }
        if let low = claim.quantity.low { json.add("low", low) }
        if claim.modality != .asserted { json.add("modality", claim.modality.rawValue) }
        if !claim.names.isEmpty { json.add("names", claim.names) }
        json.addKnown("place", claim.place)
        json.addKnown("predicate", claim.predicate)
        json.add("qualifier", claim.quantity.qualifier.rawValue)
        json.add("sentence", claim.sentence)
        json.add("start", claim.start)
        json.addKnown("subject", claim.subject)
        json.add("surface", claim.surface)
        json.addKnown("time_scope", claim.timeScope)
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

    /// Reads what is in the form of ``text(of:)``, member after member in its order; `nil` for anything else.
    private static func plainClaim(of bytes: UnsafeRawBufferPointer) -> Claim? {
        var json = JSONScanner(bytes)
        var claim = Claim(
            surface: "",
            sentence: "",
            start: 0,
            end: 0,
            quantity: Quantity(low: nil, high: nil, qualifier: .exact, unit: "")
        )
        guard json.open(), json.readBeginning(into: &claim), json.readEnd(into: &claim), json.close(),
            json.isClosed
        else { return nil }
        return claim
    }
}

private extension JSONScanner {
    mutating func readBeginning(into claim: inout Claim) -> Bool {
        (!member("as_of") || optionalString(&claim.asOf))
            && (!member("attribution") || optionalString(&claim.attribution))
            && (!member("confidence") || double(&claim.confidence))
            && (!member("counted") || optionalString(&claim.counted))
            && (!member("end") || whole(&claim.end))
            && (!member("head") || optionalString(&claim.head))
            && (!member("high") || decimal(&claim.quantity.high))
            && (!member("kind") || choice(&claim.kind))
            && (!member("low") || decimal(&claim.quantity.low))
            && (!member("modality") || choice(&claim.modality))
            && (!member("names") || strings(&claim.names))
    }

    mutating func readEnd(into claim: inout Claim) -> Bool {
        (!member("place") || optionalString(&claim.place))
            && (!member("predicate") || optionalString(&claim.predicate))
            && member("qualifier") && choice(&claim.quantity.qualifier)
            && member("sentence") && string(&claim.sentence)
            && (!member("start") || whole(&claim.start))
            && (!member("subject") || optionalString(&claim.subject))
            && member("surface") && string(&claim.surface)
            && (!member("time_scope") || optionalString(&claim.timeScope))
            && member("unit") && string(&claim.quantity.unit)
    }
}
