import Foundation
import Synchronization
public import TallyModel

/// Runs a command for each message: the alert's JSON on standard input, its identifiers in the environment.
///
/// Exit status 0 says that it has the alert; anything else that it may later.
public struct CommandSink: Sink {
    /// The sink's name in the configuration.
    public let name: String
    private let command: [String]
    private let timeoutSeconds: Double

    /// Lets one command begin after the other.
    ///
    /// Foundation knows that a process has ended by a socket that only the process holds, and one that another thread
    /// starts at the same moment may get hold of it, too (swift-corelibs-foundation#4795). The shorter one's end would be
    /// noticed with the longer one's.
    private static let starting = Mutex(())

    /// Creates a sink.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - command: The program's absolute path and its arguments; no shell reads them.
    ///   - timeoutSeconds: The time that it has before it is killed.
    public init(name: String, command: [String], timeoutSeconds: Double) {
        self.name = name
        self.command = command
        self.timeoutSeconds = timeoutSeconds
    }

    /// The command.
    public var target: String { Identifier.derived(from: command) }

    /// Several alerts make one body, as in a webhook.
    public var takesGroups: Bool { true }

    /// Told, as it may want to act on it: `TALLYWATCH_PURPOSE` says so.
    public var followsAcknowledgements: Bool { true }

    /// A minute more than the command has.
    public var longestSeconds: Double { timeoutSeconds + 60 }

    /// Runs the command once.
    public func deliver(_ message: Message) async -> DeliveryResult {
        guard let program = command.first, let input = Self.file(with: WebhookFormat.body(of: message)) else {
            return .unavailable(reason: "the command's input cannot be written to the temporary directory")
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = Array(command.dropFirst())
        process.environment = environment(of: message)
        process.standardInput = input
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let ended = AsyncStream<Void>.makeStream()
        process.terminationHandler = { _ in ended.continuation.finish() }
        do {
            try Self.starting.withLock { _ in try process.run() }
        } catch {
            return .failed(
                reason: "\(program) cannot be run: \(error.localizedDescription)",
                retryAfterSeconds: nil
            )
        }
        let identifier = process.processIdentifier
        let limit = timeoutSeconds
        let hasTimedOut = await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                // A cancelled wait means that the command has ended in time.
                guard (try? await Task.sleep(for: .seconds(limit))) != nil else { return false }
                return kill(identifier, SIGKILL) == 0
            }
            for await _ in ended.stream {}
            group.cancelAll()
            return await group.next() ?? false
        }
        guard !hasTimedOut else {
            return .failed(reason: "\(program) did not end within \(Int(limit)) s", retryAfterSeconds: nil)
        }
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            let how = process.terminationReason == .exit ? "exit status" : "signal"
            return .failed(reason: "\(program): \(how) \(process.terminationStatus)", retryAfterSeconds: nil)
        }
        return .delivered
    }

    /// What a command needs to find its own tools, and what it is told; none of the daemon's secrets.
    private func environment(of message: Message) -> [String: String] {
        let own = ProcessInfo.processInfo.environment
        var variables = own.filter { ["PATH", "HOME", "LANG", "TZ", "USER"].contains($0.key) }
        variables["TALLYWATCH_MESSAGE_ID"] = message.id
        variables["TALLYWATCH_ALERT_ID"] = message.first.alertID
        variables["TALLYWATCH_TYPE"] = message.first.type.rawValue
        variables["TALLYWATCH_PURPOSE"] = message.first.purpose.rawValue
        variables["TALLYWATCH_SINK"] = name
        return variables
    }

    /// A file without a name, so that a command that does not read holds nobody up.
    private static func file(with bytes: [UInt8]) -> FileHandle? {
        var path =
            Array(NSTemporaryDirectory().utf8CString.dropLast()) + Array("/tallywatch-XXXXXX".utf8CString)
        let descriptor = mkstemp(&path)
        guard descriptor >= 0 else { return nil }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        unlink(path)
        guard write(descriptor, bytes, bytes.count) == bytes.count, lseek(descriptor, 0, SEEK_SET) == 0 else {
            close(descriptor)
            return nil
        }
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }
}
