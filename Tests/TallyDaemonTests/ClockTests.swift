import Foundation
import TallyModel
import TestSupport
import Testing

/// The real binary while its clock is set (libfaketime, which Debian has a package of): one test each way.
@Suite(.timeLimit(.minutes(3)), .enabled(if: FakeClock.isInstalled, "libfaketime is not installed"))
struct ClockTests {
    @Test("a clock that is set back by a day holds up neither polls nor deliveries, and repeats none")
    func back() async throws {
        try await setClock("-86400")
    }

    @Test("a clock that is set forth by a week gives nothing up, holds nothing up, and repeats nothing")
    func forth() async throws {
        try await setClock("+604800")
    }

    /// Sets the clock while a delivery waits for its next try; then both it and what is published afterwards arrive.
    private func setClock(_ offset: String) async throws {
        let site = Site()
        let desk = try await Desk(site)
        defer { desk.removeFiles() }
        let clock = try FakeClock()
        defer { clock.remove() }
        site.publish("/1", Pages.first)
        let process = try desk.start(
            ["run", "--config", desk.config],
            errors: desk.errorPath,
            environment: clock.environment,
            // The library changes the environment when it is first loaded, and Swift finds its arguments beside that.
            through: "/usr/bin/env"
        )
        try await desk.until { !desk.figures().isEmpty }
        site.setHookStatus(503)
        site.publish("/2", Pages.second)
        try await desk.until { !site.hooks.isEmpty }
        // Before the next try, 5 s later: one that failed again would wait for minutes.
        site.setHookStatus(200)
        try clock.set(offset)
        let way = offset.hasPrefix("-") ? "back" : "forth"
        try await desk.until { desk.errors().contains("the clock was set \(way)") }
        try await desk.until { !site.accepted.isEmpty }
        // News after the jump.
        let before = desk.alerts().count
        site.publish("/1", Pages.edited, published: "Thu, 02 Apr 2026 11:00:00 GMT")
        try await desk.until { desk.alerts().count > before }
        try await desk.until { site.accepted.count >= desk.alerts().count }
        process.terminate()
        try await desk.until { !process.isRunning }
        #expect(process.terminationStatus == 0, "\(desk.errors().suffix(2000))")
        let alerts = desk.alerts()
        #expect(alerts.contains { $0.type == .contradicted } && alerts.contains { $0.type == .corrected })
        #expect(site.accepted.map(\.id).sorted() == alerts.map(\.id).sorted())
        #expect(!desk.errors().contains("given up"))
        await desk.close()
    }
}

/// A clock that a process sees through libfaketime; its monotonic clocks stay as they are.
private struct FakeClock {
    private static let library = [
        "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
        "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
    ].first { FileManager.default.fileExists(atPath: $0) }

    private static let compiler = "/usr/bin/cc"

    static var isInstalled: Bool {
        library != nil && FileManager.default.isExecutableFile(atPath: compiler)
    }

    private let directory = "/tmp/tally-clock-\(UUID().uuidString.prefix(8))"
    private var path: String { "\(directory)/clock" }
    private var timers: String { "\(directory)/timers.so" }

    struct CannotCompile: Error {}

    init() throws {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try set("+0")
        try makeTimers()
    }

    /// Makes a library that leaves timers on the monotonic clock alone, which libfaketime moves with the other one.
    private func makeTimers() throws {
        let source = """
            #define _GNU_SOURCE
            #include <sys/syscall.h>
            #include <unistd.h>
            int timerfd_settime(int timer, int flags, const void *value, void *old) {
                return syscall(SYS_timerfd_settime, timer, flags, value, old);
            }
            """
        try source.write(toFile: "\(directory)/timers.c", atomically: true, encoding: .utf8)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.compiler)
        process.arguments = ["-shared", "-fPIC", "-o", timers, "\(directory)/timers.c"]
        try process.startAlone()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CannotCompile() }
    }

    var environment: [String: String] {
        [
            "LD_PRELOAD": "\(timers):\(Self.library ?? "")",
            "FAKETIME_TIMESTAMP_FILE": path,
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        ]
    }

    /// Sets it by so many seconds against the real one.
    func set(_ offset: String) throws {
        try "\(offset)\n".write(toFile: path, atomically: true, encoding: .utf8)
    }

    func remove() {
        // What is left behind in the temporary directory harms nobody.
        try? FileManager.default.removeItem(atPath: directory)
    }
}
