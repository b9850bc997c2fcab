/// A host's cycles under way, and its sources that are due and wait for one of them to end.
final class HostTurns {
    var running = 0
    private var held: [Turn] = []
    /// The place of the first in ``held`` that still waits.
    private var next = 0

    /// Lets a turn wait.
    func hold(_ turn: Turn) {
        held.append(turn)
    }

    /// Takes the turn that has waited for the longest; `nil` where none waits.
    func takeHeld() -> Turn? {
        guard next < held.count else { return nil }
        next += 1
        let turn = held[next - 1]
        if next == held.count { forgetHeld() }
        return turn
    }

    /// Lets no turn wait any more.
    func forgetHeld() {
        held = []
        next = 0
    }
}
