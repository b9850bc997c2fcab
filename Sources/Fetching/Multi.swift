import CCurl
import Glibc

/// One libcurl multi handle and the epoll descriptor that holds all of its sockets.
///
/// A Dispatch source per socket is the known crash (swift-corelibs-foundation#4791, swift-corelibs-libdispatch#833 and
/// #949): libcurl opens, closes and numbers descriptors as it likes. Here libcurl's sockets go into an epoll set of
/// its own, the kernel drops closed ones from it, and Dispatch watches nothing but that set.
///
/// Used on the fetcher's queue `tallywatch.fetching`, and only there.
final class Multi {
    let multi: UnsafeMutableRawPointer
    let descriptor: Int32
    /// Called when libcurl wants to be called back: seconds from now, `nil` for not at all.
    var wantsCall: (Double?) -> Void = { _ in }
    /// What was last said of an address.
    var verdict = AddressVerdict()
    /// Connections that are kept for further requests.
    private static let keptConnections = 128
    private var events = [epoll_event](repeating: epoll_event(), count: 64)
    /// What the set is asked for each socket of the fetcher's own; a connection that rests stays in it.
    private var watched: [curl_socket_t: Watch] = [:]

    /// What a socket is watched for.
    private struct Watch {
        var events: UInt32 = 0
        /// Whether libcurl wants to know of it.
        var isWanted = false
    }

    init() {
        guard let multi = curl_multi_init() else { preconditionFailure("libcurl has no memory for a handle") }
        self.multi = multi
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        precondition(descriptor >= 0, "no descriptor is left for libcurl's sockets")
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

    /// Lets libcurl work on every socket that is ready.
    func workOnReadySockets() {
        let count = epoll_wait(descriptor, &events, Int32(events.count), 0)
        for event in events.prefix(Int(max(count, 0))) {
            var mask: Int32 = 0
            if event.events & EPOLLIN.rawValue != 0 { mask |= CURL_CSELECT_IN }
            if event.events & EPOLLOUT.rawValue != 0 { mask |= CURL_CSELECT_OUT }
            if event.events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0 { mask |= CURL_CSELECT_ERR }
            let socket = event.data.fd
            guard watched[socket]?.isWanted != false else {
                // A connection that rests, and that the server has closed: libcurl finds out when it wants it again.
                epoll_ctl(descriptor, EPOLL_CTL_DEL, socket, nil)
                watched[socket]?.events = 0
                continue
            }
            act(on: socket, mask)
        }
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
    ///
    /// The descriptor is closed where its watcher ends.
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
        var wanted: UInt32 = 0
        if what & CURL_POLL_IN != 0, what != CURL_POLL_REMOVE { wanted |= EPOLLIN.rawValue }
        if what & CURL_POLL_OUT != 0, what != CURL_POLL_REMOVE { wanted |= EPOLLOUT.rawValue }
        guard let known = watched[socket] else {
            set(socket, wanted)
            return
        }
        // The next request on the connection asks for the same: between two of them the set stays as it is.
        watched[socket]?.isWanted = wanted != 0
        guard wanted != 0, wanted != known.events else { return }
        set(socket, wanted)
        watched[socket]?.events = wanted
    }

    private func set(_ socket: curl_socket_t, _ wanted: UInt32) {
        guard wanted != 0 else {
            // The socket may be closed already, and is then out of the set.
            epoll_ctl(descriptor, EPOLL_CTL_DEL, socket, nil)
            return
        }
        var event = epoll_event()
        event.data.fd = socket
        event.events = wanted
        if epoll_ctl(descriptor, EPOLL_CTL_MOD, socket, &event) != 0, errno == ENOENT {
            epoll_ctl(descriptor, EPOLL_CTL_ADD, socket, &event)
        }
    }
}
