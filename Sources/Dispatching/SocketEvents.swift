import CEpoll

/// What a socket is waited on for, or is ready for (epoll_ctl(2)).
public struct SocketEvents: OptionSet, Sendable {
    /// The bits that epoll knows them by.
    public let rawValue: UInt32

    /// Creates events by epoll's bits.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// There is something to read, or the peer has closed.
    public static let read = SocketEvents(rawValue: EPOLLIN.rawValue)
    /// There is room to write.
    public static let write = SocketEvents(rawValue: EPOLLOUT.rawValue)
    /// The socket has failed or was hung up; told without being asked for.
    public static let failure = SocketEvents(rawValue: EPOLLERR.rawValue | EPOLLHUP.rawValue)
}
