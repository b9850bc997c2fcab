import CEpoll
import Glibc

/// Sockets that an ``EventLoop`` waits on for one owner; every method is called on the loop's thread.
public struct SocketSet {
    let epoll: Int32
    /// The number that the loop knows the owner by.
    let number: UInt32

    /// Waits on a socket for some events, and for those alone; the kernel forgets it when it is closed.
    public func watch(_ socket: Int32, for events: SocketEvents) {
        var event = epoll_event()
        event.data.u64 = UInt64(number) << 32 | UInt64(UInt32(bitPattern: socket))
        event.events = events.rawValue
        if epoll_ctl(epoll, EPOLL_CTL_MOD, socket, &event) != 0, errno == ENOENT {
            epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event)
        }
    }

    /// Waits on a socket no more; it may be closed already.
    public func forget(_ socket: Int32) {
        epoll_ctl(epoll, EPOLL_CTL_DEL, socket, nil)
    }
}
