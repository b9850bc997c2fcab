import Foundation
import TallyModel
import TestSupport

/// An SMTP server of the Debian package `python3-aiosmtpd` on 127.0.0.1, with a certificate of its own and one login.
final class SecureMailServer: Sendable {
    /// A mail as the server got it.
    struct Received: Decodable {
        let tls: Bool
        let user: String?
        let from: String
        let to: [String]
        let content: String
    }

    private static let python = "/usr/bin/python3"

    static var isInstalled: Bool {
        FileManager.default.isExecutableFile(atPath: python)
            && FileManager.default.fileExists(atPath: "/usr/lib/python3/dist-packages/aiosmtpd")
            && FileManager.default.isExecutableFile(atPath: TestCertificate.program)
    }

    /// The file of its certificate.
    var certificate: String { "\(directory)/certificate.pem" }
    let port: Int
    private let directory: String
    private let process: Process

    struct CannotStart: Error {}

    /// Starts a server that wants STARTTLS, or speaks TLS from the first byte.
    init(_ security: Mail.Security) async throws {
        directory = "/tmp/tally-mail-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let key = "\(directory)/key.pem"
        try await TestCertificate.make(in: directory)
        let output = "\(directory)/output"
        process = try Self.start(
            Self.python,
            ["-u", "-c", Self.script, "\(directory)/certificate.pem", key, security.rawValue],
            output: output
        )
        var port: Int?
        while port == nil, process.isRunning {
            try await Task.sleep(for: .milliseconds(5))
            port = Self.lines(of: output).first.flatMap { Int($0) }
        }
        guard let port else { throw CannotStart() }
        self.port = port
    }

    /// The mails so far.
    var received: [Received] {
        Self.lines(of: "\(directory)/output").compactMap {
            try? JSONDecoder().decode(Received.self, from: Data($0.utf8))
        }
    }

    /// How often somebody tried to log in.
    var logins: Int { Self.lines(of: "\(directory)/output").count { $0 == "login" } }

    func stop() {
        process.terminate()
        try? FileManager.default.removeItem(atPath: directory)
    }

    private static func start(_ program: String, _ arguments: [String], output: String) throws -> Process {
        try Data().write(to: URL(fileURLWithPath: output))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: output)
        process.standardError = FileHandle.nullDevice
        try process.startAlone()
        return process
    }

    private static func lines(of file: String) -> [String] {
        let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
        // A line that is not ended yet is not whole.
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }

    private static let script = """
        import asyncio, json, ssl, sys
        from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

        certificate, key, security = sys.argv[1:4]
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)


        def authenticate(server, session, envelope, mechanism, data):
            print("login", flush=True)
            right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"tally", b"geheim")
            return AuthResult(success=right, handled=False, auth_data=data)


        class Handler:
            async def handle_DATA(self, server, session, envelope):
                login = session.auth_data
                print(json.dumps({
                    "tls": security == "tls" or session.ssl is not None,
                    "user": login.login.decode() if login else None,
                    "from": envelope.mail_from, "to": envelope.rcpt_tos, "content": envelope.content.decode(),
                }), flush=True)
                return "250 OK"


        def protocol():
            return SMTP(Handler(), tls_context=context if security == "starttls" else None,
                        require_starttls=security == "starttls", authenticator=authenticate,
                        auth_required=security != "none", auth_require_tls=False)


        async def main():
            server = await asyncio.get_running_loop().create_server(
                protocol, "127.0.0.1", 0, ssl=context if security == "tls" else None)
            print(server.sockets[0].getsockname()[1], flush=True)
            async with server:
                await server.serve_forever()


        asyncio.run(main())
        """
}
