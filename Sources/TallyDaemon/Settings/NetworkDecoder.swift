import Fetching
import Foundation
import Yams

/// Turns the `network` of a configuration into values.
struct NetworkDecoder {
    let reader: SettingsReader

    func read(_ node: Node?, into settings: inout Settings) {
        let allowed = ["allow", "contact", "per_host"]
        guard let node, let keys = reader.mapping(node, "network", allowed: allowed) else { return }
        settings.allowedNetworks = reader.texts(keys["allow"], "network.allow")
        for text in settings.allowedNetworks where NetworkRange(text) == nil {
            reader.report(
                keys["allow"],
                "network.allow",
                "\(text) is no network such as 10.1.2.0/24 or fd00::/8"
            )
        }
        settings.contact = reader.text(keys["contact"], "network.contact", in: node)
        if let contact = settings.contact,
            !contact.utf8.allSatisfy({ (0x21...0x7e).contains($0) && $0 != 0x29 })
        {
            reader.report(
                keys["contact"],
                "network.contact",
                "must be a URL or an address for mail, without spaces"
            )
        }
        if let limits = keys["per_host"] { read(perHost: limits, into: &settings) }
    }

    private func read(perHost node: Node, into settings: inout Settings) {
        let key = "network.per_host"
        guard let keys = reader.mapping(node, key, allowed: ["connections", "requests_per_second"]) else {
            return
        }
        if let number = reader.number(keys["connections"], "\(key).connections") {
            if let count = Int("\(number)"), (1...64).contains(count) {
                settings.transfersPerHost = count
            } else {
                reader.report(
                    keys["connections"],
                    "\(key).connections",
                    "must be a whole number from 1 to 64"
                )
            }
        }
        readRate(keys, key, into: &settings)
    }

    private func readRate(_ keys: [String: Node], _ key: String, into settings: inout Settings) {
        if let rate = reader.number(keys["requests_per_second"], "\(key).requests_per_second") {
            let rate = NSDecimalNumber(decimal: rate).doubleValue
            guard (0...1000).contains(rate) else {
                reader.report(
                    keys["requests_per_second"],
                    "\(key).requests_per_second",
                    "must be from 0 (no limit) to 1000"
                )
                return
            }
            settings.requestsPerSecondPerHost = rate
        }
    }
}
