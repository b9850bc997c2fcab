import Foundation
import TallyModel
import Yams

/// Turns `auth` and `headers` of a source into fields that are sent to its server only.
///
/// No message repeats a value: what is wrong with it is said by its key.
struct CredentialDecoder {
    let reader: SettingsReader
    let secrets: SecretReader

    func headers(_ keys: [String: Node], _ key: String) -> [HeaderField] {
        var fields: [HeaderField] = []
        if let node = keys["auth"], let field = authorization(node, "\(key).auth") { fields.append(field) }
        if let node = keys["headers"] { fields += headerFields(node, "\(key).headers") }
        return fields
    }

    /// `{user, password | password_file}` or `{token | token_file}` (RFC 7617, RFC 6750).
    private func authorization(_ node: Node, _ key: String) -> HeaderField? {
        let allowed = ["user", "password", "password_file", "token", "token_file"]
        guard let keys = reader.mapping(node, key, allowed: allowed) else { return nil }
        let isUser = ["user", "password", "password_file"].contains { keys[$0] != nil }
        guard !isUser || keys["token"] == nil && keys["token_file"] == nil else {
            reader.report(node, key, "must be a user with a password, or a token, and not both")
            return nil
        }
        if isUser {
            guard let user = reader.text(keys["user"], "\(key).user", in: node, isRequired: true),
                let password = secret(keys, "password", key, in: node)
            else { return nil }
            if user.contains(":") { reader.report(keys["user"], "\(key).user", "must not contain a colon") }
            let pair = Data("\(user):\(password)".utf8).base64EncodedString()
            return HeaderField("Authorization", "Basic \(pair)")
        }
        guard let token = secret(keys, "token", key, in: node) else { return nil }
        return HeaderField("Authorization", "Bearer \(token)")
    }

    /// `{X-Key: value}`, or `{X-Key_file: path}` for a value that stands in a file of its own.
    private func headerFields(_ node: Node, _ key: String) -> [HeaderField] {
        guard case .mapping(let mapping) = node else {
            reader.report(node, key, "must be a mapping of names to values")
            return []
        }
        return mapping.compactMap { nameNode, value in
            guard let name = nameNode.string else { return nil }
            let isFile = name.hasSuffix("_file")
            let field = isFile ? String(name.dropLast(5)) : name
            guard !field.isEmpty, field.utf8.allSatisfy(Self.isToken) else {
                reader.report(nameNode, "\(key).\(name)", "is no name of a header field")
                return nil
            }
            guard !Self.reserved.contains(field.lowercased()) else {
                reader.report(nameNode, "\(key).\(name)", "is a field that Tallywatch sets itself")
                return nil
            }
            let text = reader.text(value, "\(key).\(name)", in: value, isRequired: true)
            let content = isFile ? text.flatMap { secrets.file($0, value, "\(key).\(name)") } : text
            guard let content else { return nil }
            guard isLine(content) else {
                reader.report(value, "\(key).\(name)", "must be one line")
                return nil
            }
            return HeaderField(field, content)
        }
    }

    private func secret(_ keys: [String: Node], _ name: String, _ key: String, in node: Node) -> String? {
        let place = keys["\(name)_file"] != nil ? "\(name)_file" : name
        if place != name, keys[name] != nil {
            reader.report(keys[name], "\(key).\(name)", "stands beside \(place): one of them is enough")
        }
        guard let text = reader.text(keys[place], "\(key).\(place)", in: node, isRequired: true) else {
            return nil
        }
        let value = place == name ? text : secrets.file(text, keys[place], "\(key).\(place)")
        guard let value else { return nil }
        guard !value.isEmpty, isLine(value) else {
            reader.report(keys[place], "\(key).\(place)", "must be one line")
            return nil
        }
        return value
    }

    private func isLine(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 9 }
    }

    /// RFC 9110 §5.6.2.
    private static func isToken(_ byte: UInt8) -> Bool {
        byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39
            || "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }

    private static let reserved: Set<String> = [
        "accept-encoding", "connection", "content-length", "host", "if-modified-since", "if-none-match", "te",
        "transfer-encoding", "user-agent",
    ]
}
