public import FoundationEssentials

/// The JSON of the contracts: RFC 3339 dates in UTC, plain slashes, keys in alphabetical order.
public enum TallyJSON {
    /// Returns an encoder for one document; `isPretty` breaks it into lines.
    public static func encoder(isPretty: Bool = false) -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting =
            isPretty
            ? [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted] : [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(Timestamp.text(of: date))
        }
        return encoder
    }

    /// Returns a decoder that reads what ``encoder(isPretty:)`` writes.
    public static func decoder() -> JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let container = try decoder.singleValueContainer()
            let text = try container.decode(String.self)
            guard let date = Timestamp.date(from: text) else {
                throw DecodingError.dataCorruptedError(
                    in: container,
                    debugDescription: "not RFC 3339: \(text)"
                )
            }
            return date
        }
        return decoder
    }

    /// Returns a value as JSON text in UTF-8.
    public static func text(of value: some Encodable, isPretty: Bool = false) throws -> String {
        String(decoding: try encoder(isPretty: isPretty).encode(value), as: UTF8.self)
    }
}
