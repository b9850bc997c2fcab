/// A thread that waits on sockets with epoll(7), and between two waits runs the jobs of the actors whose executor it is.
///
/// Dispatch would watch the sockets from one thread and hand each answer over to another; here what a socket brings,
/// who waits for it and what that begins next is one turn of one thread. The thread begins with the first job, and
/// ends when nobody holds the loop any more.
///
/// A task that prefers it as its task executor (SE-0417) comes back to the thread from every wait at once; others come
/// by way of a thread of the common pool.
public final class EventLoop: SerialExecutor, TaskExecutor {
    private let thread = LoopThread()

    /// Creates a loop whose thread has not begun.
    public init() {}

    deinit {
        thread.stop()
    }

    /// Puts a job at the end of those that wait.
    public func enqueue(_ job: consuming ExecutorJob) {
        thread.enqueue(UnownedJob(job), of: self)
    }

    /// Traps unless the caller is on the loop's thread.
    public func checkIsolated() {
        precondition(thread.isCurrent, "not on the thread of the event loop")
    }

    /// Makes a timer that is not armed; called on the loop's thread, as is the handler.
    public func makeTimer(_ handler: @escaping @Sendable () -> Void) -> LoopTimer {
        checkIsolated()
        let timer = LoopTimer(handler)
        thread.keep(timer)
        return timer
    }

    /// Makes a set of sockets, for as long as the loop lives; called on the loop's thread, as are the handlers.
    ///
    /// - Parameters:
    ///   - onReady: Takes a socket and what it is ready for.
    ///   - afterReady: Called once after all sockets that were found ready in one wait.
    /// - Returns: The set, without a socket.
    public func makeSocketSet(
        onReady: @escaping @Sendable (_ socket: Int32, _ events: SocketEvents) -> Void,
        afterReady: @escaping @Sendable () -> Void
    ) -> SocketSet {
        checkIsolated()
        return thread.makeSocketSet(onReady, afterReady)
    }
}
