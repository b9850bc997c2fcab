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
        var mapping: UnsafeMutableRawBufferPointer?
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) { buffer in
            guard let line = buffer.baseAddress else { return }
            while fgets(line, CInt(buffer.count), file) != nil {
                if strncmp(line, "Anonymous:", 10) == 0 {
                    if let mapping, strtoul(line + 10, nil, 10) == 0 {
                        madvise(mapping.baseAddress, mapping.count, MADV_DONTNEED)
                    }
                    mapping = nil
                } else if let found = Self.mapping(of: line) {
                    mapping = found
                }
            }
        }
    }

    /// The mapping that a line of proc_pid_smaps(5) begins, where it is of a file and never written to.
    ///
    /// `address perms offset dev inode pathname`
    private static func mapping(of line: UnsafeMutablePointer<CChar>) -> UnsafeMutableRawBufferPointer? {
        // The other lines begin with a name, and its capital.
        guard line[0] > CChar(UInt8(ascii: "Z")) || line[0] <= CChar(UInt8(ascii: "9")) else { return nil }
        var rest: UnsafeMutablePointer<CChar>?
        let start = strtoul(line, &rest, 16)
        guard let dash = rest, dash[0] == CChar(UInt8(ascii: "-")) else { return nil }
        let end = strtoul(dash + 1, &rest, 16)
        guard let rest, strncmp(rest, " r-xp ", 6) == 0 || strncmp(rest, " r--p ", 6) == 0,
            strchr(rest, CInt(UInt8(ascii: "/"))) != nil, start < end
        else { return nil }
        return UnsafeMutableRawBufferPointer(
            start: UnsafeMutableRawPointer(bitPattern: start),
            count: Int(end - start)
        )
    }
}
