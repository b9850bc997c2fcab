import Glibc

/// The address that was last found to be allowed: most requests go to where the one before went.
struct AddressVerdict {
    /// The address as text that ends with a zero; empty for none.
    var address: [CChar] = []
    /// What was allowed then.
    var networks: [NetworkRange] = []

    /// Returns whether an address is the one that was allowed, by the same networks.
    func allows(_ other: UnsafePointer<CChar>, among networks: [NetworkRange]) -> Bool {
        !address.isEmpty && strcmp(address, other) == 0 && networks == self.networks
    }
}
