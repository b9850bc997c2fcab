/// What a hub asks or tells over HTTP.
struct CallbackRequest: Sendable {
    /// The method, as sent.
    var method: String
    /// The path and the query, as sent.
    var target: String
    /// The fields by lower-case name; those that came twice are joined by commas.
    var fields: [String: String] = [:]
    /// The body.
    var body: [UInt8] = []

    /// The last part of the path: what goes before it is the way through a proxy.
    var name: String {
        let path = target.prefix { $0 != "?" }
        return String(path.split(separator: "/").last ?? "")
    }

    /// The values of the query.
    var query: [String: String] {
        FormText.values(of: target.drop { $0 != "?" }.dropFirst())
    }
}

/// What a hub is answered.
struct CallbackAnswer: Hashable, Sendable {
    let status: Int
    var body = ""

    /// Understood.
    static let taken = CallbackAnswer(status: 202)
    /// Nothing that was asked for.
    static let unknown = CallbackAnswer(status: 404)
    /// Wanted no more: the hub may forget it.
    static let gone = CallbackAnswer(status: 410)
    /// No room at the moment: the hub may send it again.
    static let full = CallbackAnswer(status: 503)
}
