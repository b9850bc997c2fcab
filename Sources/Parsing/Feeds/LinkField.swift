public import TallyModel

/// Reads `Link` fields (<https://www.rfc-editor.org/rfc/rfc8288#section-3>).
public enum LinkField {
    /// Looks for the hubs and the own URL that an answer's fields name.
    ///
    /// - Parameters:
    ///   - values: The values of all `Link` fields, in order.
    ///   - url: What relative references are resolved against.
    /// - Returns: The links; `nil` where no hub is named.
    public static func hubLinks(in values: [String], url: String) -> HubLinks? {
        var links = HubLinks()
        for (reference, relations) in values.flatMap(Self.links) {
            let target = URLText.absolute(reference, base: url)
            if relations.contains("hub") { links.hubs.append(target) }
            if relations.contains("self"), links.topic == nil { links.topic = target }
        }
        return links.hubs.isEmpty ? nil : links
    }

    /// The references of a field with their relations, in lower case.
    private static func links(in value: String) -> [(reference: String, relations: [String])] {
        var found: [(reference: String, relations: [String])] = []
        var rest = Substring(value)
        while let start = rest.firstIndex(of: "<"), let end = rest[start...].firstIndex(of: ">") {
            let reference = String(rest[rest.index(after: start)..<end]).trimmed
            rest = rest[rest.index(after: end)...]
            var relations: [String]?
            while let (name, text) = parameter(&rest) {
                // Only the first one counts.
                guard name == "rel", relations == nil else { continue }
                relations = text.lowercased().split(separator: " ").map(String.init)
            }
            found.append((reference, relations ?? []))
        }
        return found
    }

    /// Takes the next parameter of a link off; `nil` where the link ends.
    private static func parameter(_ rest: inout Substring) -> (name: String, value: String)? {
        rest = rest.drop { $0 == " " || $0 == "\t" }
        guard rest.first == ";" else { return nil }
        rest = rest.dropFirst()
        let name = rest.prefix { !"=;,".contains($0) }
        rest = rest.dropFirst(name.count)
        var value = ""
        if rest.first == "=" {
            rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
            if rest.first == "\"" {
                value = quoted(&rest)
            } else {
                value = String(rest.prefix { !";,".contains($0) })
                rest = rest.dropFirst(value.count)
            }
        }
        return (String(name).trimmed.lowercased(), value.trimmed)
    }

    private static func quoted(_ rest: inout Substring) -> String {
        var value = ""
        var isEscaped = false
        rest = rest.dropFirst()
        while let letter = rest.popFirst() {
            if isEscaped {
                value.append(letter)
                isEscaped = false
            } else if letter == "\\" {
                isEscaped = true
            } else if letter == "\"" {
                break
            } else {
                value.append(letter)
            }
        }
        return value
    }
}
