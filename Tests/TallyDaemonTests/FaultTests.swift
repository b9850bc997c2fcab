import Foundation
import Storing
import TallyModel
import TestSupport
import Testing

/// The real binary on disks, files and stores that fail: one test each.
@Suite(.timeLimit(.minutes(2))) struct FaultTests {
    @Test("a log that may not be written holds its alerts in the outbox, and no other sink's")
    func unwritableLog() async throws {
        let site = Site()
        let desk = try await Desk(site)
        defer { desk.removeFiles() }
        site.publish("/1", Pages.first)
        let process = try desk.start(["run", "--config", desk.config], errors: desk.errorPath)
        try await desk.until { !desk.figures().isEmpty }
        // A folder in the log's place: not even root writes lines to it.
        try FileManager.default.removeItem(atPath: desk.logPath)
        try FileManager.default.createDirectory(atPath: desk.logPath, withIntermediateDirectories: true)
        site.publish("/2", Pages.second)
        try await desk.until { !site.accepted.isEmpty && desk.errors().contains("sink failing") }
        #expect(desk.errors().contains("the alert log \(desk.logPath) cannot be opened: Is a directory"))
        try FileManager.default.removeItem(atPath: desk.logPath)
        try await desk.until { desk.alerts().count == site.accepted.count }
        #expect(Set(desk.alerts().map(\.id)) == Set(site.accepted.map(\.id)))
        try await desk.until { desk.errors().contains("sink recovered") }
        process.terminate()
        try await desk.until { !process.isRunning }
        #expect(process.terminationStatus == 0, "\(desk.errors().suffix(2000))")
        await desk.close()
    }

    @Test("a store that is none ends the daemon at once, with its name and a reason")
    func corruptStore() async throws {
        let desk = try await Desk(Site())
        defer { desk.removeFiles() }
        let garbage = Data(repeating: 0x41, count: 8192)
        try garbage.write(to: URL(fileURLWithPath: desk.storePath))
        let result = try await desk.runAside(["run", "--once", "--config", desk.config])
        #expect(result.status == 1)
        #expect(result.errors.contains("\(desk.storePath) cannot be opened: file is not a database"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: desk.storePath)) == garbage)
        let doctor = try await desk.runAside(["doctor", "--offline", "--config", desk.config])
        #expect(doctor.status == 1)
        #expect(doctor.output.contains("tallywatch backup"))
        await desk.close()
    }

    @Test(
        "a full disk stops the polling aloud; with room again everything is read, once",
        .enabled(if: SmallDisk.isPossible)
    )
    func fullDisk() async throws {
        let disk = try SmallDisk(kilobytes: 2400)
        defer { disk.unmount() }
        let site = Site()
        let desk = try await Desk(site, store: "\(disk.path)/tallywatch.db")
        defer { desk.removeFiles() }
        site.publish("/1", Pages.first)
        let process = try desk.start(["run", "--config", desk.config], errors: desk.errorPath)
        try await desk.until { !desk.figures().isEmpty }
        let filler = "\(disk.path)/filler"
        disk.fill(filler)
        site.publish("/2", Pages.second)
        try await desk.until { desk.errors().contains("polling stops: the store takes nothing") }
        #expect(desk.alerts() == [])
        #expect(site.hooks.isEmpty)
        try FileManager.default.removeItem(atPath: filler)
        try await desk.until { desk.errors().contains("polling goes on") }
        try await desk.until { !site.accepted.isEmpty && !desk.alerts().isEmpty }
        process.terminate()
        try await desk.until { !process.isRunning }
        #expect(process.terminationStatus == 0, "\(desk.errors().suffix(2000))")
        let alerts = desk.alerts()
        #expect(alerts.count { $0.type == .contradicted } == 1)
        #expect(Set(alerts.map(\.id)) == Set(site.accepted.map(\.id)))
        await desk.close()
    }
}

/// A file system of a few hundred kilobytes, which only root may mount.
private struct SmallDisk {
    let path: String

    static var isPossible: Bool {
        guard geteuid() == 0, let disk = try? SmallDisk(kilobytes: 64) else { return false }
        disk.unmount()
        return true
    }

    struct CannotMount: Error {}

    init(kilobytes: Int) throws {
        path = "/tmp/tally-disk-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard mount("tmpfs", path, "tmpfs", 0, "size=\(kilobytes)k") == 0 else {
            try FileManager.default.removeItem(atPath: path)
            throw CannotMount()
        }
    }

    /// Writes until nothing more fits.
    func fill(_ file: String) {
        let descriptor = open(file, O_WRONLY | O_CREAT, 0o600)
        defer { close(descriptor) }
        for size in [4096, 1] {
            let bytes = [UInt8](repeating: 0x66, count: size)
            while write(descriptor, bytes, size) == size {}
        }
    }

    func unmount() {
        umount2(path, Int32(MNT_DETACH))
        rmdir(path)
    }
}
