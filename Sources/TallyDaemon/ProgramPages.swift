import Foundation

/// The pages of the program and its libraries, which the system holds in memory once they have been read.
enum ProgramPages {
    /// Gives the pages back that a start or a burst of work has left behind: what is used next comes from the file again.
    ///
    /// Only mappings of which no page is the process's own are given back: relocated data would be lost.
    static func release() {
        // Line by line: the kernel writes the file while it is read, and says that it has no size.
        guard let file = fopen("/proc/self/smaps", "re") else { return }
        defer { fclose(file) }
        var buffer = [CChar](repeating: 0, count: 4096)
        var mapping: UnsafeMutableRawBufferPointer?
        while fgets(&buffer, Int32(buffer.count), file) != nil {
            let line = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            if line.hasPrefix("Anonymous:") {
                if let mapping, line.split(separator: " ").dropFirst().first == "0" {
                    madvise(mapping.baseAddress, mapping.count, MADV_DONTNEED)
                }
                mapping = nil
            } else if let found = Self.mapping(of: line) {
                mapping = found
            }
        }
    }

    /// The mapping that a line of proc_pid_smaps(5) begins, where it is of a file and never written to.
    ///
    /// `address perms offset dev inode pathname`
    private static func mapping(of line: String) -> UnsafeMutableRawBufferPointer? {
        let fields = line.split(separator: " ")
        guard fields.count >= 6, ["r-xp", "r--p"].contains(fields[1]), fields[5].hasPrefix("/") else {
            return nil
        }
        let ends = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
        guard ends.count == 2, ends[0] < ends[1] else { return nil }
        return UnsafeMutableRawBufferPointer(
            start: UnsafeMutableRawPointer(bitPattern: ends[0]),
            count: Int(ends[1] - ends[0])
        )
    }
}
