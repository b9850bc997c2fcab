/// A JSON value whose shape is not known beforehand.
enum JSONValue: Equatable, Sendable {
    case null
    case boolean(Bool)
    /// A number as it is written.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members[key]
    }

    /// A string, or a number as text; `nil` for anything else and for a blank string.
    var text: String? {
        switch self {
        case .string(let value): value.trimmed.isEmpty ? nil : value
        case .number(let value): value
        default: nil
        }
    }

    /// The elements of an array, nothing for `null`, and any other value alone.
    var elements: [JSONValue] {
        switch self {
        case .array(let values): values
        case .null: []
        default: [self]
        }
    }
}
