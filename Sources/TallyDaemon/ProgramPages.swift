import Foundation

/// The pages of the program's own code, which the system holds in memory once they have been run.
enum ProgramPages {
    /// Gives the pages back that a start or a burst of work has left behind: what is run next comes from the file again.
    ///
    /// Only code is given back, which is never written to; data of the same file may have been relocated.
    static func release() {
        guard let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"),
            let maps = try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8)
        else { return }
        for line in maps.split(separator: "\n") where line.hasSuffix(program) {
            // proc_pid_maps(5): address perms offset dev inode pathname
            let fields = line.split(separator: " ", maxSplits: 2)
            let ends = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
            guard fields.count == 3, fields[1] == "r-xp", ends.count == 2 else { continue }
            madvise(UnsafeMutableRawPointer(bitPattern: ends[0]), Int(ends[1] - ends[0]), MADV_DONTNEED)
        }
    }
}
