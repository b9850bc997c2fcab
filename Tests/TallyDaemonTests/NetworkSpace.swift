import Foundation
import TestSupport

/// A network of its own with one public address, a name server that lies, and web servers (`unshare(1)`): what the
/// program does with the names of strangers is seen with the system's own resolver.
struct NetworkSpace {
    private static let unshare = "/usr/bin/unshare"
    private static let tools = [unshare, "/usr/bin/python3", "/usr/sbin/ip"]

    /// Whether the system lets its user make one.
    static let isAllowed: Bool = {
        guard tools.allSatisfy(FileManager.default.isExecutableFile) else { return false }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: unshare)
        process.arguments = ["-rnm", "true"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.startAlone()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    let directory = "/tmp/tally-space-\(UUID().uuidString.prefix(8))"
    /// The address of the network that is a public one, and one of another public host, which does not listen.
    static let publicAddress = "93.184.215.14"
    static let deafAddress = "93.184.215.15"

    /// Makes the files of a network whose feed has one entry, which leads to `page`.
    ///
    /// `rebind.test` has the first of the `answers` at its first question, then the next one; the last stays.
    init(answers: [[String]], allow: [String], page: String) throws {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let words = answers.map { $0.joined(separator: ",") }.joined(separator: " ")
        try write("nameserver 127.0.0.1\n", to: "resolv.conf")
        try write("hosts: dns\n", to: "nsswitch.conf")
        try write("", to: "requests")
        try write("", to: "questions")
        try write(Self.servers, to: "servers.py")
        try write(
            """
            store: sqlite://\(directory)/tallywatch.db
            network: {allow: [\(allow.map { "\"\($0)\"" }.joined(separator: ", "))]}
            sources:
              - {name: wire, url: "http://rebind.test:8080/feed.xml"}
            service: {listen: none}
            alerts:
              log: {path: "\(directory)/alerts.jsonl"}
            """,
            to: "tallywatch.yaml"
        )
        try write(
            """
            set -e
            ip link set lo up
            ip addr add \(Self.publicAddress)/32 dev lo
            ip addr add \(Self.deafAddress)/32 dev lo
            mount --bind \(directory)/resolv.conf /etc/resolv.conf
            mount --bind \(directory)/nsswitch.conf /etc/nsswitch.conf
            python3 \(directory)/servers.py \(directory) \(page) \(words) &
            servers=$!
            for turn in $(seq 100); do [ -e \(directory)/ready ] && break; sleep 0.1; done
            timeout 30 "$0" run --once --config \(directory)/tallywatch.yaml || true
            kill $servers
            """,
            to: "space.sh"
        )
    }

    /// Polls once inside; returns what the program wrote to standard error.
    func run(_ program: URL) async throws -> String {
        let log = "\(directory)/errors"
        try write("", to: "errors")
        return try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    with: Result {
                        let process = Process()
                        process.executableURL = URL(fileURLWithPath: Self.unshare)
                        process.arguments = ["-rnm", "sh", "-c", ". \(directory)/space.sh", program.path]
                        process.standardInput = FileHandle.nullDevice
                        process.standardOutput = FileHandle.nullDevice
                        process.standardError = FileHandle(forWritingAtPath: log)
                        try process.startAlone()
                        process.waitUntilExit()
                        return try String(contentsOfFile: log, encoding: .utf8)
                    }
                )
            }
        }
    }

    /// The requests that arrived, each as the address it arrived at, a space and its path.
    func requests() throws -> [String] {
        try lines(of: "requests")
    }

    /// The questions for an address that the name server has had, each as the name.
    func questions() throws -> [String] {
        try lines(of: "questions")
    }

    func remove() {
        // What is left behind in the temporary directory harms nobody.
        try? FileManager.default.removeItem(atPath: directory)
    }

    private func lines(of name: String) throws -> [String] {
        let text = try String(contentsOfFile: "\(directory)/\(name)", encoding: .utf8)
        return text.split(separator: "\n").map(String.init)
    }

    private func write(_ text: String, to name: String) throws {
        try text.write(toFile: "\(directory)/\(name)", atomically: true, encoding: .utf8)
    }

    /// The name server at 127.0.0.1:53, and a feed and a page at the public address and at 127.0.0.1.
    private static let servers = """
        import http.server, socket, sys, threading
        directory, page, answers = sys.argv[1], sys.argv[2], [text.split(",") for text in sys.argv[3:]]

        def answer(question):
            end = question.index(b"\\0", 12) + 5
            wants_address = question[end - 4:end - 2] == b"\\0\\1"
            addresses = []
            if wants_address:
                with open(directory + "/questions", "a") as log:
                    log.write(question[13:end - 5].decode("latin-1") + "\\n")
                addresses = answers.pop(0) if len(answers) > 1 else answers[0]
            head = question[:2] + b"\\x84\\0\\0\\1\\0" + bytes([len(addresses)]) + b"\\0\\0\\0\\0"
            records = [b"\\xc0\\x0c\\0\\1\\0\\1\\0\\0\\0\\0\\0\\4" + socket.inet_aton(text) for text in addresses]
            return head + question[12:end] + b"".join(records)

        def serve_names(server):
            while True:
                question, client = server.recvfrom(512)
                server.sendto(answer(question), client)

        FEED = '''<rss version="2.0"><channel><title>Wire</title><item><title>Flood kills 12 people</title>
        <guid>1</guid><link>''' + page + '''</link></item></channel></rss>'''

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                with open(directory + "/requests", "a") as log:
                    log.write(self.connection.getsockname()[0] + " " + self.path + "\\n")
                body = FEED if self.path == "/feed.xml" else "<p>secret</p>"
                self.send_response(404 if self.path == "/robots.txt" else 200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *words):
                pass

        names = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        names.bind(("127.0.0.1", 53))
        threading.Thread(target=serve_names, args=[names]).start()
        for address in ["\(publicAddress)", "127.0.0.1"]:
            for port in [8080, 8081]:
                server = http.server.ThreadingHTTPServer((address, port), Handler)
                threading.Thread(target=server.serve_forever).start()
        open(directory + "/ready", "w").close()
        """
}
