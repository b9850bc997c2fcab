/// Query parameters that tell where a reader came from and not what is read.
///
/// Source: the query-stripping list of Firefox (<https://bugzilla.mozilla.org/show_bug.cgi?id=1706602>) and
/// the
/// campaign parameters of Google Analytics (<https://support.google.com/analytics/answer/10917952>).
enum TrackingParameters {
    private static let names: Set<String> = [
        "__hsfp", "__hssc", "__hstc", "__s", "_hsenc", "_openstat", "at_campaign", "at_medium", "cmpid",
        "dclid",
        "fbclid", "ftag", "gbraid", "gclid", "gclsrc", "guccounter", "hsctatracking", "icid", "igshid",
        "mc_cid",
        "mc_eid", "mkt_tok", "ml_subscriber", "ml_subscriber_hash", "msclkid", "ns_campaign", "ns_mchannel",
        "oly_anon_id", "oly_enc_id", "rb_clickid", "s_cid", "twclid", "vero_conv", "vero_id", "wbraid",
        "wickedid", "yclid",
    ]

    /// Whether a parameter only tracks.
    static func contains(_ name: Substring) -> Bool {
        // The commonest by far, and without another text.
        if name.utf8.starts(with: "utm_".utf8) { return true }
        let name = name.lowercased()
        return name.hasPrefix("utm_") || names.contains(name)
    }
}
