import FoundationEssentials
import Yams

/// Turns the `websub` of a configuration into values.
struct WebSubDecoder {
    let reader: SettingsReader

    func settings(from node: Node?) -> WebSubSettings? {
        guard let node, let keys = reader.mapping(node, "websub", allowed: ["listen", "public", "every"])
        else {
            return nil
        }
        let listen = reader.text(keys["listen"], "websub.listen", in: node, isRequired: true)
        let place = listen.flatMap { reader.listeningPlace($0, keys["listen"], "websub.listen") }
        let url = reader.text(keys["public"], "websub.public", in: node, isRequired: true)
        let every = reader.seconds(keys["every"], "websub.every", atLeast: 60)
        guard let place, let url, let publicURL = publicURL(url, keys["public"]) else { return nil }
        var settings = WebSubSettings(host: place.host, port: place.port, publicURL: publicURL)
        if let every { settings.everySeconds = every }
        return settings
    }

    private func publicURL(_ text: String, _ node: Node?) -> String? {
        let isWeb = ["http://", "https://"].contains { text.lowercased().hasPrefix($0) }
        let host = text.split(separator: "/", omittingEmptySubsequences: false).dropFirst(2).first ?? ""
        guard isWeb, !host.isEmpty, !host.contains("@"),
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x3F && $0 != 0x23 })
        else {
            reader.report(
                node,
                "websub.public",
                "must be the http or https URL that leads to this daemon, such as https://desk.example.org/hub"
            )
            return nil
        }
        return String(text.reversed().drop { $0 == "/" }.reversed())
    }
}
