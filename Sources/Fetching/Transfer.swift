import CCurl
import Foundation
import TallyModel

/// One libcurl easy handle with everything that its callbacks write to.
///
/// It is created, driven and ended on the thread of the fetcher's event loop, and only there.
final class Transfer {
    let request: FetchRequest
    /// What the request is counted by.
    let host: String
    let handle: EasyHandle
    var easy: UnsafeMutableRawPointer { handle.easy }
    var id = 0
    private let multi: Multi
    private let configuration: FetchConfiguration
    private let completion: (Result<Answer, FetchError>) -> Void
    private var list: UnsafeMutablePointer<curl_slist>?
    private var body: [UInt8] = []
    private var fields: [HeaderField] = []
    private var headerBytes = 0
    /// Whether a body has begun: fields behind it are trailers, which say nothing of the answer.
    private var isInBody = false
    /// Whether the body was cut at its limit, as the request allows.
    private var isCut = false
    /// Why a callback ended the transfer; libcurl itself only says that one did.
    private var reason: FetchError?

    /// Sets an easy handle up for a request; the completion is called once, by ``finish(_:)`` or ``fail(_:)``.
    ///
    /// The number tells the configuration from others: a handle that was set up for it keeps what all transfers share.
    init(
        _ request: FetchRequest,
        host: String,
        handle: EasyHandle,
        multi: Multi,
        configuration: FetchConfiguration,
        number: Int,
        completion: @escaping (Result<Answer, FetchError>) -> Void
    ) {
        self.request = request
        self.host = host
        self.configuration = configuration
        self.completion = completion
        self.multi = multi
        self.handle = handle
        if request.unixSocketPath == nil {
            handle.configure(number) {
                setCommonOptions()
                setCallbacks()
                setGuards()
            }
        } else {
            handle.reset()
            setCommonOptions()
            setCallbacks()
        }
        handle.words[0] = 0
        setOptions()
        setContext()
    }

    /// Lets go of what libcurl no longer needs; the handle itself is its owner's.
    func close() {
        curl_slist_free_all(list)
        list = nil
        if request.body != nil || request.unixSocketPath != nil { handle.reset() }
    }

    /// Ends the transfer with what libcurl says of it.
    func finish(_ code: CURLcode) {
        guard code == CURLE_OK || isCut else {
            completion(.failure(error(of: code)))
            return
        }
        // RFC 9112 §6.3: whoever reads on may read what another reader does not.
        let lengths = fields.lazy.filter { $0.isNamed("content-length") }.map(\.value)
        guard lengths.allSatisfy({ $0 == lengths.first }) else {
            completion(.failure(.transfer(code: 8, message: "the answer has two lengths that differ")))
            return
        }
        var status = 0
        tally_easy_getinfo_long(easy, CURLINFO_RESPONSE_CODE, &status)
        var response = FetchResponse(status: status, url: effectiveURL, headers: fields, body: body)
        var size: curl_off_t = 0
        tally_easy_getinfo_off(easy, CURLINFO_SIZE_DOWNLOAD_T, &size)
        response.transferredBytes = Int(size)
        let target = [301, 302, 303, 307, 308].contains(status) ? text(CURLINFO_REDIRECT_URL) : nil
        completion(.success(Answer(response: response, redirectURL: target, seconds: elapsedSeconds)))
    }

    /// Ends the transfer without asking libcurl.
    func fail(_ error: FetchError) {
        completion(.failure(error))
    }

    private var effectiveURL: String { text(CURLINFO_EFFECTIVE_URL) ?? request.url }

    private func text(_ info: CURLINFO) -> String? {
        var pointer: UnsafePointer<CChar>?
        tally_easy_getinfo_string(easy, info, &pointer)
        return pointer.map { String(cString: $0) }
    }

    private var elapsedSeconds: Double {
        var microseconds: curl_off_t = 0
        tally_easy_getinfo_off(easy, CURLINFO_TOTAL_TIME_T, &microseconds)
        return Double(microseconds) / 1_000_000
    }

    private func error(of code: CURLcode) -> FetchError {
        if let reason { return reason }
        let message = handle.lastWords ?? String(cString: curl_easy_strerror(code))
        switch code {
        case CURLE_URL_MALFORMAT: return .badURL("it is malformed")
        case CURLE_UNSUPPORTED_PROTOCOL where RequestURL(request.url)?.isWeb == true:
            // libcurl's word for HTTP/0.9, which has no status.
            return .transfer(code: Int(code.rawValue), message: "the server does not speak HTTP")
        case CURLE_UNSUPPORTED_PROTOCOL: return .badURL("only http and https are fetched")
        // libcurl's word for one field that is too long.
        case CURLE_OUT_OF_MEMORY: return .headersTooLarge(limit: configuration.maximumHeaderBytes)
        case CURLE_COULDNT_RESOLVE_HOST: return .nameNotResolved
        case CURLE_TOO_MANY_REDIRECTS: return .tooManyRedirects(limit: configuration.maximumRedirects)
        case CURLE_OPERATION_TIMEDOUT: return .timedOut(seconds: elapsedSeconds)
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_CIPHER:
            return .tlsFailed(message)
        case CURLE_COULDNT_CONNECT, CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_PARTIAL_FILE:
            return .connectionFailed(message)
        default: return .transfer(code: Int(code.rawValue), message: message)
        }
    }
}

// MARK: - Options

extension Transfer {
    private func set(_ option: CURLoption, _ value: Int) {
        precondition(
            tally_easy_setopt_long(easy, option, value) == CURLE_OK,
            "libcurl lacks option \(option)"
        )
    }

    private func set(_ option: CURLoption, _ value: String) {
        // libcurl copies the text. A URL that it refuses here is refused again, with a reason, when it is used.
        _ = tally_easy_setopt_string(easy, option, value)
    }

    /// Sets what transfers of one configuration have in common.
    private func setCommonOptions() {
        set(CURLOPT_NOSIGNAL, 1)
        tally_easy_setopt_pointer(easy, CURLOPT_ERRORBUFFER, handle.words.baseAddress)
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
        // The fetcher follows redirects itself: libcurl would take every field but two to any host.
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_ACCEPT_ENCODING, "")
        set(CURLOPT_USERAGENT, configuration.userAgent)
        // Without this, http_proxy of the environment would be obeyed, and the guard would see the proxy's address.
        set(CURLOPT_PROXY, "")
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        set(CURLOPT_HTTP09_ALLOWED, 0)
        set(CURLOPT_TCP_KEEPALIVE, 1)
        set(CURLOPT_LOW_SPEED_LIMIT, configuration.minimumBytesPerSecond)
        set(CURLOPT_LOW_SPEED_TIME, configuration.slowSeconds)
        if let file = configuration.certificateFile { set(CURLOPT_CAINFO, file) }
    }

    /// Sets what belongs to the one request; each of these options is set anew for every transfer, but for a body and
    /// a socket's path, after which the handle is reset.
    private func setOptions() {
        // What cannot be understood in one way only is left empty, and refused when it is used.
        set(CURLOPT_URL, RequestURL.isPlain(request.url) ? Self.encoded(request.url) : "")
        // Only https can turn out to be HTTP/2: in plain HTTP the second request would wait for the first answer.
        set(CURLOPT_PIPEWAIT, RequestURL.isSecure(request.url) ? 1 : 0)
        set(CURLOPT_TIMEOUT_MS, Int(request.timeoutSeconds * 1000))
        set(
            CURLOPT_CONNECTTIMEOUT_MS,
            Int(min(configuration.connectTimeoutSeconds, request.timeoutSeconds) * 1000)
        )
        if let path = request.unixSocketPath { set(CURLOPT_UNIX_SOCKET_PATH, path) }
        if let body = request.body {
            // An empty Expect keeps libcurl from waiting a second for 100 Continue.
            list = curl_slist_append(list, "Expect:")
            tally_easy_setopt_off(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
            _ = body.withUnsafeBytes { bytes in
                // An empty array has no address; libcurl would then read from its read callback.
                withUnsafePointer(to: UInt8(0)) { empty in
                    tally_easy_setopt_copy(easy, bytes.baseAddress ?? UnsafeRawPointer(empty))
                }
            }
        }
        if let tag = request.validators.entityTag { addField("If-None-Match", tag) }
        if let date = request.validators.lastModified { addField("If-Modified-Since", date) }
        for field in request.headers { addField(field.name, field.value) }
        for field in request.privateHeaders { addField(field.name, field.value) }
        tally_easy_setopt_list(easy, CURLOPT_HTTPHEADER, list)
    }

    /// A URL whose path and query bear characters that only browsers let pass, made one that may be sent.
    private static func encoded(_ url: String) -> String {
        let isSafe = url.utf8.allSatisfy { byte in
            byte >= 0x23 && byte <= 0x7A && byte != 0x3C && byte != 0x3E && byte != 0x5C && byte != 0x5E
                && byte != 0x60 || byte == 0x21 || byte == 0x7E
        }
        guard !isSafe, let scheme = url.range(of: "://") else { return url }
        let tail = url[scheme.upperBound...].firstIndex { "/?#".contains($0) } ?? url.endIndex
        let bytes = url[tail...].utf8.map { byte -> String in
            let isPlain = (0x21...0x7e).contains(byte) && !#""<>\^`{|}"#.utf8.contains(byte)
            return isPlain
                ? String(UnicodeScalar(byte))
                : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
        return url[..<tail] + bytes.joined()
    }

    private func addField(_ name: String, _ value: String) {
        let line = "\(name): \(value)"
        // A line break would begin another field.
        guard !line.utf8.contains(where: { $0 == 10 || $0 == 13 || $0 == 0 }) else { return }
        list = curl_slist_append(list, line)
    }
}

// MARK: - Callbacks

extension Transfer {
    private static func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer {
        guard let context else { preconditionFailure("libcurl lost a transfer's context") }
        return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    }

    /// Lets the callbacks find this transfer.
    private func setContext() {
        let context = Unmanaged.passUnretained(self).toOpaque()
        for option in [
            CURLOPT_WRITEDATA, CURLOPT_HEADERDATA, CURLOPT_XFERINFODATA, CURLOPT_OPENSOCKETDATA,
            CURLOPT_PREREQDATA,
        ] {
            tally_easy_setopt_pointer(easy, option, context)
        }
    }

    private func setCallbacks() {
        tally_easy_setopt_write(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            Transfer.transfer(context).takeBody(UnsafeRawBufferPointer(start: bytes, count: size * count))
        }
        tally_easy_setopt_write(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            Transfer.transfer(context).takeHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
        }
        set(CURLOPT_NOPROGRESS, 0)
        tally_easy_setopt_xferinfo(easy) { context, _, received, _, _ in
            Transfer.transfer(context).takeProgress(Int(received))
        }
    }

    /// Lets every address be looked at before it is connected to, and each request before it goes out.
    private func setGuards() {
        tally_easy_setopt_opensocket(easy) { context, _, address in
            guard let address else { return -1 }
            return Transfer.transfer(context).open(address)
        }
        // It outlives the transfer, as a connection does.
        tally_easy_setopt_pointer(easy, CURLOPT_CLOSESOCKETDATA, Unmanaged.passUnretained(multi).toOpaque())
        tally_easy_setopt_closesocket(easy) { context, socket in Multi.multi(context).close(socket) }
        tally_easy_setopt_prereq(easy) { context, primary, _, _, _ in
            Transfer.transfer(context).allows(primary) ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
        }
    }

    /// Counts what libcurl has decoded: `CURLOPT_MAXFILESIZE` of 7.88 looks at the declared length only.
    private func takeBody(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard body.count + bytes.count <= request.maximumBodyBytes else {
            guard !request.cutsBody else {
                body.append(contentsOf: bytes.prefix(request.maximumBodyBytes - body.count))
                isCut = true
                return 0
            }
            reason = .bodyTooLarge(limit: request.maximumBodyBytes)
            return 0
        }
        if !isInBody { reserveBody() }
        isInBody = true
        body.append(contentsOf: bytes)
        return bytes.count
    }

    /// Takes the room for a body whose length is announced; for a longer one it grows as the body comes.
    private func reserveBody() {
        var length: curl_off_t = 0
        tally_easy_getinfo_off(easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length)
        body.reserveCapacity(min(max(Int(length), 0), request.maximumBodyBytes, Self.reservedBytes))
    }

    /// The most that is believed of an announced length, in bytes.
    private static let reservedBytes = 1 << 20

    /// Counts what comes over the wire: a body may be large and decompress to nothing.
    private func takeProgress(_ received: Int) -> Int32 {
        guard received > request.maximumBodyBytes else { return 0 }
        reason = .bodyTooLarge(limit: request.maximumBodyBytes)
        return 1
    }

    private func takeHeader(_ bytes: UnsafeRawBufferPointer) -> Int {
        headerBytes += bytes.count
        guard headerBytes <= configuration.maximumHeaderBytes else {
            reason = .headersTooLarge(limit: configuration.maximumHeaderBytes)
            return 0
        }
        if bytes.starts(with: "HTTP/".utf8) {
            // Each hop begins with its own status line: the fields and the body of the last one count.
            fields = []
            body = []
            isInBody = false
        } else if !isInBody, let colon = bytes.firstIndex(of: UInt8(ascii: ":")) {
            let name = String(decoding: bytes[..<colon], as: UTF8.self)
            let value = bytes[bytes.index(after: colon)...].drop { $0 == 32 || $0 == 9 }
            let end = value.lastIndex { $0 > 32 }.map { $0 + 1 } ?? value.startIndex
            fields.append(HeaderField(name, String(decoding: value[..<end], as: UTF8.self)))
        }
        return bytes.count
    }

    /// Opens the socket for the address that libcurl is about to connect to, if it may.
    private func open(_ address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
        let known = withUnsafePointer(to: &address.pointee.addr) { AddressGuard.address(of: $0) }
        let addresses = AddressGuard(allowed: configuration.allowedNetworks)
        guard let known, addresses.allows(known.bytes) else {
            reason = .addressRefused(known?.text ?? "of an unknown family")
            return -1
        }
        reason = nil
        let descriptor = socket(
            address.pointee.family,
            address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue),
            address.pointee.protocol
        )
        if descriptor >= 0 { multi.open(descriptor) }
        return descriptor
    }

    /// The look before the request goes out: a connection that is used again was opened by another transfer.
    private func allows(_ primary: UnsafeMutablePointer<CChar>?) -> Bool {
        guard let primary else { return false }
        if multi.verdict.allows(primary, among: configuration.allowedNetworks) { return true }
        let text = String(cString: primary)
        let addresses = AddressGuard(allowed: configuration.allowedNetworks)
        guard let bytes = NetworkRange.bytes(of: text), addresses.allows(bytes) else {
            reason = .addressRefused(text)
            return false
        }
        multi.verdict = AddressVerdict(
            address: Array(text.utf8CString),
            networks: configuration.allowedNetworks
        )
        return true
    }
}
