import Foundation
import TallyModel

/// Standard output for results, standard error for everything else.
enum Output {
    static func line(_ text: String) {
        write(text + "\n", to: .standardOutput)
    }

    static func error(_ text: String, isPlain: Bool = false) {
        write(isPlain ? text + "\n" : "tallywatch: \(text)\n", to: .standardError)
    }

    /// Writes one JSON document.
    static func json(_ value: some Encodable, isPretty: Bool = true) throws {
        line(try TallyJSON.text(of: value, isPretty: isPretty))
    }

    /// A reader that went away (`| head`) is no failure; a full disk is.
    private static func write(_ text: String, to handle: FileHandle) {
        do {
            try handle.write(contentsOf: Data(text.utf8))
        } catch {
            exit(errno == EPIPE ? 0 : 1)
        }
    }
}
