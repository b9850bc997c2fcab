import Foundation

/// How far long work is, on a terminal's last line; nothing where standard error is no terminal.
final class Progress {
    private let total: Int
    private let things: String
    private let isShown: Bool
    private var count = 0
    private var lastShown = ContinuousClock.now

    /// The least time between two lines.
    private static let interval = Duration.milliseconds(200)

    init(total: Int, of things: String) {
        self.total = total
        self.things = things
        isShown = isatty(STDERR_FILENO) == 1
    }

    /// One thing more is done.
    func step() {
        count += 1
        guard isShown, ContinuousClock.now - lastShown >= Self.interval else { return }
        lastShown = .now
        let share = total > 0 ? count * 100 / total : 100
        write("\r\(count) of \(total) \(things), \(share) %\u{1B}[K")
    }

    /// Takes the line away, so that other lines can be written.
    func clear() {
        if isShown { write("\r\u{1B}[K") }
    }

    private func write(_ text: String) {
        // A terminal that went away takes nothing, and nothing is lost.
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
