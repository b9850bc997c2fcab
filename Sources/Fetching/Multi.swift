import CCurl
import Dispatching
import Glibc

/// One libcurl multi handle and its sockets in the epoll set of the fetcher's event loop.
///
/// A Dispatch source per socket is the known crash (swift-corelibs-foundation#4791, swift-corelibs-libdispatch#833 and
/// #949): libcurl opens, closes and numbers descriptors as it likes. From an epoll set the kernel drops closed ones.
///
/// Used on the thread of the fetcher's event loop, and only there.
final class Multi {
    let multi: UnsafeMutableRawPointer
    /// Where its sockets are waited on; set before the first transfer.
    var sockets: SocketSet?
    /// Called when libcurl wants to be called back: seconds from now, `nil` for not at all.
    var wantsCall: (Double?) -> Void = { _ in }
    /// What was last said of an address.
    var verdict = AddressVerdict()
    /// Connections that are kept for further requests.
    private static let keptConnections = 128
    /// What the set is asked for each socket of the fetcher's own; a connection that rests stays in it.
    private var watched: [curl_socket_t: Watch] = [:]

    /// What a socket is watched for.
    private struct Watch {
        var events: SocketEvents = []
        /// Whether libcurl wants to know of it.
        var isWanted = false
    }

    init() {
        guard let multi = curl_multi_init() else { preconditionFailure("libcurl has no memory for a handle") }
        self.multi = multi
        // Else libcurl closes connections whenever few transfers are under way for a moment.
        tally_multi_setopt_long(multi, CURLMOPT_MAXCONNECTS, Self.keptConnections)
        let context = Unmanaged.passUnretained(self).toOpaque()
        tally_multi_setopt_pointer(multi, CURLMOPT_SOCKETDATA, context)
        tally_multi_setopt_socket(multi) { _, socket, what, context, _ in
            Multi.multi(context).watch(socket, what)
            return 0
        }
        tally_multi_setopt_pointer(multi, CURLMOPT_TIMERDATA, context)
        tally_multi_setopt_timer(multi) { _, milliseconds, context in
            // libcurl must not be called from here: the timer does it.
            Multi.multi(context).wantsCall(milliseconds < 0 ? nil : Double(milliseconds) / 1000)
            return 0
        }
    }

    /// Lets libcurl work on a socket that is ready for something.
    func work(on socket: curl_socket_t, _ events: SocketEvents) {
        guard watched[socket]?.isWanted != false else {
            // A connection that rests, and that the server has closed: libcurl finds out when it wants it again.
            sockets?.forget(socket)
            watched[socket]?.events = []
            return
        }
        var mask: Int32 = 0
        if events.contains(.read) { mask |= CURL_CSELECT_IN }
        if events.contains(.write) { mask |= CURL_CSELECT_OUT }
        if !events.isDisjoint(with: .failure) { mask |= CURL_CSELECT_ERR }
        act(on: socket, mask)
    }

    /// Lets libcurl look at its own clock.
    func workOnTime() {
        act(on: CURL_SOCKET_TIMEOUT, 0)
    }

    /// Returns the easy handles that have ended, each once.
    func ended() -> [(easy: UnsafeMutableRawPointer, code: CURLcode)] {
        var ended: [(UnsafeMutableRawPointer, CURLcode)] = []
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else {
                continue
            }
            ended.append((easy, tally_msg_result(message)))
        }
        return ended
    }

    /// Frees the handle; no easy handle is in it any more.
    func cleanUp() {
        curl_multi_cleanup(multi)
        wantsCall = { _ in }
    }

    static func multi(_ context: UnsafeMutableRawPointer?) -> Multi {
        guard let context else { preconditionFailure("libcurl lost its context") }
        return Unmanaged<Multi>.fromOpaque(context).takeUnretainedValue()
    }

    private func act(on socket: curl_socket_t, _ mask: Int32) {
        var running: Int32 = 0
        let code = curl_multi_socket_action(multi, socket, mask, &running)
        precondition(code == CURLM_OK, "libcurl refuses its own socket")
    }

    /// Notes a socket of a connection that is made: ``close(_:)`` is told of its end.
    func open(_ socket: curl_socket_t) {
        watched[socket] = Watch()
    }

    /// Closes a socket that was noted.
    func close(_ socket: curl_socket_t) -> Int32 {
        watched[socket] = nil
        return Glibc.close(socket)
    }

    private func watch(_ socket: curl_socket_t, _ what: Int32) {
        var wanted: SocketEvents = []
        if what & CURL_POLL_IN != 0, what != CURL_POLL_REMOVE { wanted.insert(.read) }
        if what & CURL_POLL_OUT != 0, what != CURL_POLL_REMOVE { wanted.insert(.write) }
        guard var known = watched[socket] else {
            set(socket, wanted)
            return
        }
        // The next request on the connection asks for the same: between two of them the set stays as it is.
        known.isWanted = wanted != []
        if known.isWanted, wanted != known.events {
            set(socket, wanted)
            known.events = wanted
        }
        watched[socket] = known
    }

    private func set(_ socket: curl_socket_t, _ wanted: SocketEvents) {
        guard wanted != [] else {
            sockets?.forget(socket)
            return
        }
        sockets?.watch(socket, for: wanted)
    }
}
