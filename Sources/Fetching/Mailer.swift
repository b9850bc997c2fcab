import CCurl
import Dispatch
import Foundation
public import TallyModel

/// Hands mails to SMTP servers through libcurl, one at a time, on a queue of its own.
public final class Mailer: MailClient {
    private let queue = DispatchQueue(label: "tallywatch.mail", qos: .utility)
    private let addresses: AddressGuard
    private let certificateFile: String?

    /// The time that a server has for everything, in seconds.
    public static let timeoutSeconds: Double = 30

    /// Creates a mailer that reaches public addresses and the allowed networks, and trusts the configuration's certificates.
    public init(configuration: FetchConfiguration) {
        addresses = AddressGuard(allowed: configuration.allowedNetworks)
        certificateFile = configuration.certificateFile
    }

    /// Hands one mail over.
    ///
    /// - Throws: ``MailError`` with the server's reply code.
    public func send(_ mail: Mail) async throws(MailError) {
        let addresses = addresses
        let certificateFile = certificateFile
        let result: Result<Void, MailError> = await withCheckedContinuation { continuation in
            queue.async {
                continuation.resume(returning: MailTransfer(mail, addresses, certificateFile).run())
            }
        }
        try result.get()
    }
}

/// One libcurl easy handle that sends a mail; it lives for one call on the queue `tallywatch.mail`.
private final class MailTransfer {
    private let mail: Mail
    private let addresses: AddressGuard
    private let certificateFile: String?
    private var sent = 0
    private var refused: String?

    init(_ mail: Mail, _ addresses: AddressGuard, _ certificateFile: String?) {
        self.mail = mail
        self.addresses = addresses
        self.certificateFile = certificateFile
    }

    func run() -> Result<Void, MailError> {
        // A line break or a bracket in an address would be another command.
        let isPlain = ([mail.from] + mail.to).allSatisfy { address in
            address.utf8.allSatisfy { $0 > 32 && $0 != 127 && !"<>".utf8.contains($0) }
        }
        guard isPlain, !mail.to.isEmpty else {
            return .failure(MailError(code: 0, reason: "an address is none"))
        }
        guard let easy = curl_easy_init() else {
            return .failure(MailError(code: 0, reason: "libcurl has no memory for a handle"))
        }
        defer { curl_easy_cleanup(easy) }
        var receivers: UnsafeMutablePointer<curl_slist>?
        for address in mail.to {
            receivers = curl_slist_append(receivers, "<\(address)>")
        }
        defer { curl_slist_free_all(receivers) }
        tally_easy_setopt_list(easy, CURLOPT_MAIL_RCPT, receivers)
        setOptions(easy)
        setCallbacks(easy)
        let code = curl_easy_perform(easy)
        guard code != CURLE_OK else { return .success(()) }
        var reply = 0
        tally_easy_getinfo_long(easy, CURLINFO_RESPONSE_CODE, &reply)
        return .failure(MailError(code: reply, reason: reason(of: code, reply: reply)))
    }

    private func reason(of code: CURLcode, reply: Int) -> String {
        if let refused { return FetchError.addressRefused(refused).description }
        let words = String(cString: curl_easy_strerror(code))
        return reply > 0 ? "the mail server answered \(reply): \(words)" : "the mail server: \(words)"
    }

    private func setOptions(_ easy: UnsafeMutableRawPointer) {
        let scheme = mail.security == .tls ? "smtps" : "smtp"
        let host = mail.host.contains(":") ? "[\(mail.host)]" : mail.host
        tally_easy_setopt_string(easy, CURLOPT_URL, "\(scheme)://\(host):\(mail.port)/\(Self.hostName)")
        tally_easy_setopt_string(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        tally_easy_setopt_string(easy, CURLOPT_PROXY, "")
        tally_easy_setopt_string(easy, CURLOPT_MAIL_FROM, "<\(mail.from)>")
        tally_easy_setopt_long(easy, CURLOPT_NOSIGNAL, 1)
        tally_easy_setopt_long(easy, CURLOPT_TIMEOUT_MS, Int(Mailer.timeoutSeconds * 1000))
        tally_easy_setopt_long(easy, CURLOPT_CONNECTTIMEOUT_MS, 10_000)
        tally_easy_setopt_long(easy, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        let security = mail.security == .none ? CURLUSESSL_NONE : CURLUSESSL_ALL
        tally_easy_setopt_long(easy, CURLOPT_USE_SSL, Int(security.rawValue))
        if let certificateFile { tally_easy_setopt_string(easy, CURLOPT_CAINFO, certificateFile) }
        if let login = mail.login {
            tally_easy_setopt_string(easy, CURLOPT_USERNAME, login.user)
            tally_easy_setopt_string(easy, CURLOPT_PASSWORD, login.password)
        }
        tally_easy_setopt_long(easy, CURLOPT_UPLOAD, 1)
        tally_easy_setopt_off(easy, CURLOPT_INFILESIZE_LARGE, curl_off_t(mail.content.count))
    }

    private func setCallbacks(_ easy: UnsafeMutableRawPointer) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        tally_easy_setopt_pointer(easy, CURLOPT_READDATA, context)
        tally_easy_setopt_read(easy) { buffer, size, count, context in
            guard let buffer else { return 0 }
            return MailTransfer.transfer(context).read(
                UnsafeMutableRawBufferPointer(start: buffer, count: size * count)
            )
        }
        // libcurl would write the server's lines to standard output.
        tally_easy_setopt_write(easy, CURLOPT_WRITEFUNCTION) { _, size, count, _ in size * count }
        tally_easy_setopt_pointer(easy, CURLOPT_OPENSOCKETDATA, context)
        tally_easy_setopt_opensocket(easy) { context, _, address in
            guard let address else { return -1 }
            return MailTransfer.transfer(context).open(address)
        }
    }

    private static func transfer(_ context: UnsafeMutableRawPointer?) -> MailTransfer {
        guard let context else { preconditionFailure("libcurl lost a mail's context") }
        return Unmanaged<MailTransfer>.fromOpaque(context).takeUnretainedValue()
    }

    private func read(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, mail.content.count - sent)
        buffer.copyBytes(from: mail.content[sent..<(sent + count)])
        sent += count
        return count
    }

    private func open(_ address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
        let known = withUnsafePointer(to: &address.pointee.addr) { AddressGuard.address(of: $0) }
        guard let known, addresses.allows(known.bytes) else {
            refused = known?.text ?? "of an unknown family"
            return -1
        }
        refused = nil
        return socket(
            address.pointee.family,
            address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue),
            address.pointee.protocol
        )
    }

    /// The name that the server is greeted with.
    private static var hostName: String {
        let name = ProcessInfo.processInfo.hostName
        return name.isEmpty || name.contains("/") ? "localhost" : name
    }
}
