import Foundation
import TallyModel
import Yams

/// Adds sources to a configuration file without touching anything else in it.
public enum SourceList {
    /// Writes new sources behind the last one of the file's `sources` list.
    ///
    /// The text around them, comments included, stays as it is. The new text is checked whole, in a file beside the
    /// old one, before it takes its place.
    ///
    /// - Returns: How many were added; those whose URL is there already are not.
    /// - Throws: ``SettingsError`` if the file has mistakes or its list is not written one source a line.
    public static func add(_ new: [(name: String, url: String)], toConfigAt path: String) throws -> Int {
        let path = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let settings = try Settings.read(path: path, isForService: false)
        var names = Set(settings.sources.map(\.name))
        var urls = Set(settings.sources.map(\.url))
        var rows: [String] = []
        for (name, url) in new where urls.insert(url).inserted {
            rows.append("{name: \(quoted(unique(name.isEmpty ? url : name, &names))), url: \(quoted(url))}")
        }
        guard !rows.isEmpty else { return 0 }
        let text = try String(contentsOfFile: path, encoding: .utf8)
        guard let changed = text.inserting(rows) else {
            let message = "must be a list with one source a line for others to be added"
            throw SettingsError(mistakes: [
                SettingsMistake(file: path, line: nil, key: "sources", message: message)
            ])
        }
        let draft = path + ".new"
        try changed.write(toFile: draft, atomically: true, encoding: .utf8)
        do {
            _ = try Settings.read(path: draft, isForService: false)
        } catch {
            try FileManager.default.removeItem(atPath: draft)
            throw error
        }
        // The new file belongs to whom the old one did, and is as closed as it was.
        var status = stat()
        guard stat(path, &status) == 0, chown(draft, status.st_uid, status.st_gid) == 0,
            chmod(draft, status.st_mode & 0o7777) == 0, rename(draft, path) == 0
        else { throw CocoaError(.fileWriteUnknown) }
        return rows.count
    }

    private static func unique(_ name: String, _ names: inout Set<String>) -> String {
        var candidate = name
        var number = 2
        while !names.insert(candidate).inserted {
            candidate = "\(name) \(number)"
            number += 1
        }
        return candidate
    }

    private static func quoted(_ text: String) -> String {
        let plain = text.map { $0 == "\\" || $0 == "\"" ? "\\\($0)" : $0.isNewline ? " " : String($0) }
        return "\"\(plain.joined())\""
    }
}

extension String {
    /// The YAML with rows behind the last line of its block list `sources`; `nil` where it has no such list.
    fileprivate func inserting(_ rows: [String]) -> String? {
        var lines = components(separatedBy: "\n")
        guard let head = lines.firstIndex(where: { $0.hasPrefix("sources:") }) else {
            while lines.last?.isEmpty == true { lines.removeLast() }
            return (lines + ["sources:"] + rows.map { "  - \($0)" }).joined(separator: "\n") + "\n"
        }
        let rest = lines[head].dropFirst("sources:".count).prefix { $0 != "#" }
        guard rest.allSatisfy(\.isWhitespace) || rest.trimmingCharacters(in: .whitespaces) == "[]" else {
            return nil
        }
        lines[head] = lines[head].replacingOccurrences(of: "[]", with: "").trimmingCharacters(
            in: .whitespaces
        )
        var last = head
        var indent = "  "
        for place in lines.indices.dropFirst(head + 1) {
            let line = lines[place]
            let isBlank = line.allSatisfy(\.isWhitespace)
            if !isBlank, let first = line.first, !first.isWhitespace, first != "-", first != "#" { break }
            if !isBlank, !line.hasPrefix("#") { last = place }
            if line.drop(while: { $0 == " " }).hasPrefix("- "), last == place {
                indent = min(indent, String(line.prefix { $0 == " " }))
            }
        }
        lines.insert(contentsOf: rows.map { "\(indent)- \($0)" }, at: last + 1)
        return lines.joined(separator: "\n")
    }
}
