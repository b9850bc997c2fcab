import Foundation
import Synchronization

/// How far long work is, on a terminal's last line; nothing where standard error is no terminal.
final class Progress: Sendable {
    private let things: String
    private let isShown: Bool
    private let lastShown: Mutex<ContinuousClock.Instant?>

    /// The least time between two lines.
    private static let interval = Duration.milliseconds(200)

    init(of things: String, isShown: Bool = true) {
        self.things = things
        self.isShown = isShown && isatty(STDERR_FILENO) == 1
        lastShown = Mutex(nil)
    }

    /// Says how much is done; not more often than a person can read it.
    func show(_ count: Int, of total: Int) {
        guard isShown else { return }
        let isDue = lastShown.withLock { last in
            guard last.map({ ContinuousClock.now - $0 >= Self.interval }) ?? true else { return false }
            last = .now
            return true
        }
        guard isDue else { return }
        let share = total > 0 ? count * 100 / total : 100
        // The next line of whoever writes takes the place of this one.
        write("\(count) of \(total) \(things), \(share) %\u{1B}[K\r")
    }

    /// Takes the line away, so that other lines can be written.
    func clear() {
        if isShown { write("\u{1B}[K") }
    }

    private func write(_ text: String) {
        // A terminal that went away takes nothing, and nothing is lost.
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
