import Foundation

/// What the process has used so far.
enum ProcessUsage {
    /// The processor's time, in seconds.
    static var processorSeconds: Double {
        let usage = own
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    /// The largest memory that was resident, in MiB.
    static var peakMegabytes: Double { Double(own.ru_maxrss) / 1024 }

    private static var own: rusage {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage
    }
}
