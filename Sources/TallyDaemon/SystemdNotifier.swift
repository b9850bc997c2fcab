import CSystemd
import Foundation

/// Tells systemd how the daemon is (sd_notify(3)); without systemd nothing happens.
struct SystemdNotifier: Sendable {
    /// Half of the watchdog's time in seconds; `nil` where systemd does not watch.
    let watchdogSeconds: Double?

    init() {
        var microseconds: UInt64 = 0
        watchdogSeconds = sd_watchdog_enabled(0, &microseconds) > 0 ? Double(microseconds) / 2_000_000 : nil
    }

    func ready(_ status: String) { send("READY=1\nSTATUS=\(status)") }

    /// systemd 253 and later want the time of a reload's beginning beside it; earlier ones ignore that.
    func reloading() {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        send("RELOADING=1\nMONOTONIC_USEC=\(time.tv_sec * 1_000_000 + time.tv_nsec / 1000)")
    }

    /// Asks for more time to start: the store is brought up to date.
    func extendStart(bySeconds seconds: Int) { send("EXTEND_TIMEOUT_USEC=\(seconds * 1_000_000)") }

    func stopping() { send("STOPPING=1\nSTATUS=stopping") }

    func status(_ text: String) { send("STATUS=\(text)") }

    func isAlive() { send("WATCHDOG=1") }

    private func send(_ state: String) {
        // A negative result means that systemd cannot be reached; there is nobody else to tell.
        _ = sd_notify(0, state)
    }
}
