import CEpoll
import Glibc
import Synchronization

/// The thread of an ``EventLoop``, and the epoll descriptor that it waits on.
///
/// `@unchecked`: jobs come from everywhere and lie behind a lock; all else belongs to the thread, and is touched
/// nowhere else.
final class LoopThread: @unchecked Sendable {
    private let queue = Mutex(Queue())
    /// The thread, once it has begun.
    private let identity = Atomic<UInt>(0)
    private var epoll: Int32 = -1
    private var timers: [LoopTimer] = []
    private var owners: [SocketOwner] = []
    private var events = [epoll_event](repeating: epoll_event(), count: 256)

    /// What other threads reach.
    private struct Queue {
        var jobs: [UnownedJob] = []
        /// Keeps the loop for as long as jobs wait.
        var loop: EventLoop?
        var hasBegun = false
        var isAsleep = false
        var isStopped = false
        /// Written to in order to wake the thread.
        var waker: Int32 = -1
    }

    private struct SocketOwner {
        let onReady: @Sendable (Int32, SocketEvents) -> Void
        let afterReady: @Sendable () -> Void
        var isTouched = false
    }

    /// The rounds of jobs that begin one another before timers and sockets have their turn.
    private static let roundsAtOnce = 16

    /// Nanoseconds of a clock that is never set and stands still while the machine sleeps (clock_gettime(2)).
    static var nanoseconds: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    var isCurrent: Bool { identity.load(ordering: .relaxed) == pthread_self() }

    func enqueue(_ job: UnownedJob, of loop: EventLoop) {
        let waker = queue.withLock { queue -> Int32? in
            if queue.jobs.isEmpty { queue.loop = loop }
            queue.jobs.append(job)
            if !queue.hasBegun { begin(&queue) }
            defer { queue.isAsleep = false }
            return queue.isAsleep ? queue.waker : nil
        }
        waker.map(Self.wake)
    }

    /// Ends the thread as soon as no job waits.
    func stop() {
        let waker = queue.withLock { queue -> Int32? in
            queue.isStopped = true
            return queue.hasBegun ? queue.waker : nil
        }
        waker.map(Self.wake)
    }

    func keep(_ timer: LoopTimer) {
        timers.append(timer)
    }

    func makeSocketSet(
        _ onReady: @escaping @Sendable (Int32, SocketEvents) -> Void,
        _ afterReady: @escaping @Sendable () -> Void
    ) -> SocketSet {
        owners.append(SocketOwner(onReady: onReady, afterReady: afterReady))
        // 0 is the waker's.
        return SocketSet(epoll: epoll, number: UInt32(owners.count))
    }

    private static func wake(_ waker: Int32) {
        eventfd_write(waker, 1)
    }
}

extension LoopThread {
    private func begin(_ queue: inout Queue) {
        queue.hasBegun = true
        queue.waker = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        precondition(queue.waker >= 0 && epoll >= 0, "no descriptor is left for the event loop")
        var event = epoll_event()
        event.events = EPOLLIN.rawValue
        epoll_ctl(epoll, EPOLL_CTL_ADD, queue.waker, &event)
        // Signals go to where they are waited for: a thread that takes one that is ignored would lose it.
        var all = sigset_t()
        var old = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &old)
        defer { pthread_sigmask(SIG_SETMASK, &old, nil) }
        var thread = pthread_t()
        let code = pthread_create(
            &thread,
            nil,
            { context in
                guard let context else { return nil }
                Unmanaged<LoopThread>.fromOpaque(context).takeRetainedValue().run()
                return nil
            },
            Unmanaged.passRetained(self).toOpaque()
        )
        precondition(code == 0, "no thread is left for the event loop")
        pthread_detach(thread)
    }

    private func run() {
        identity.store(pthread_self(), ordering: .relaxed)
        var jobs: [UnownedJob] = []
        while runJobs(&jobs) {
            fireTimers()
            wait()
        }
        timers = []
        owners = []
        queue.withLock { _ = Glibc.close($0.waker) }
        Glibc.close(epoll)
    }

    /// Runs what waits, and what that lets wait; returns whether the loop goes on.
    private func runJobs(_ jobs: inout [UnownedJob]) -> Bool {
        for _ in 0..<Self.roundsAtOnce {
            let (loop, isStopped) = queue.withLock { queue in
                swap(&queue.jobs, &jobs)
                return (queue.loop.take(), queue.isStopped)
            }
            guard let loop else { return !isStopped }
            for job in jobs {
                job.runSynchronously(
                    isolatedTo: loop.asUnownedSerialExecutor(),
                    taskExecutor: loop.asUnownedTaskExecutor()
                )
            }
            jobs.removeAll(keepingCapacity: true)
        }
        return true
    }

    private func fireTimers() {
        guard let next = timers.lazy.map(\.deadline).min(), next != .max else { return }
        let now = Self.nanoseconds
        var due = timers.filter { $0.deadline <= now }
        if due.count > 1 { due.sort { $0.deadline < $1.deadline } }
        // One that was due may be disarmed by the one before it.
        for timer in due where timer.deadline <= now {
            timer.disarm()
            timer.handler()
        }
        if timers.contains(where: \.isCancelled) { timers.removeAll(where: \.isCancelled) }
    }

    private func wait() {
        let next = timers.lazy.map(\.deadline).min() ?? .max
        let milliseconds = next == .max ? -1 : Self.milliseconds(until: next)
        let mustWait = queue.withLock { queue in
            queue.isAsleep = queue.jobs.isEmpty && !queue.isStopped
            return queue.isAsleep
        }
        let count = epoll_wait(epoll, &events, Int32(events.count), mustWait ? milliseconds : 0)
        queue.withLock { $0.isAsleep = false }
        for event in events.prefix(Int(max(count, 0))) { take(event) }
        for place in owners.indices where owners[place].isTouched {
            owners[place].isTouched = false
            owners[place].afterReady()
        }
    }

    private func take(_ event: epoll_event) {
        let place = Int(event.data.u64 >> 32) - 1
        guard place >= 0 else {
            var count: eventfd_t = 0
            queue.withLock { _ = eventfd_read($0.waker, &count) }
            return
        }
        owners[place].isTouched = true
        owners[place].onReady(
            Int32(bitPattern: UInt32(truncatingIfNeeded: event.data.u64)),
            SocketEvents(rawValue: event.events)
        )
    }

    /// Rounded up: a timer that fires early would be armed again for nothing.
    private static func milliseconds(until deadline: UInt64) -> Int32 {
        let now = nanoseconds
        guard deadline > now else { return 0 }
        return Int32(min((deadline - now + 999_999) / 1_000_000, UInt64(Int32.max)))
    }
}
