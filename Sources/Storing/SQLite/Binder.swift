import FoundationEssentials
import GRDB
import GRDBSQLite

/// The arguments of a statement, put in one by one in their order.
///
/// GRDB's own way makes an array of boxed values first, which costs more than the row does to write: this one is for the
/// rows that a poll writes, and that come by the ten thousand.
struct Binder {
    private let statement: SQLiteStatement
    private var count: CInt = 0

    init(_ statement: Statement) {
        // GRDB then takes the statement for one that has all of its arguments, and leaves them alone.
        statement.setUncheckedArguments(StatementArguments())
        self.statement = statement.sqliteStatement
    }

    /// A text, up to a NUL where it has one: that is how far GRDB reads it back.
    mutating func add(_ value: String) {
        took(sqlite3_bind_text(statement, count + 1, value, -1, Self.copied))
    }

    mutating func add(_ value: String?) {
        guard let value else { return addNull() }
        add(value)
    }

    /// A text in UTF-8 without a NUL.
    mutating func add(utf8 bytes: [UInt8]?) {
        guard let bytes else { return addNull() }
        let code = bytes.withUnsafeBytes { buffer in
            sqlite3_bind_text(
                statement,
                count + 1,
                buffer.assumingMemoryBound(to: CChar.self).baseAddress,
                CInt(buffer.count),
                Self.copied
            )
        }
        took(code)
    }

    mutating func add(_ value: Double) {
        took(sqlite3_bind_double(statement, count + 1, value))
    }

    mutating func add(_ value: Double?) {
        guard let value else { return addNull() }
        add(value)
    }

    mutating func add(_ value: Int) {
        took(sqlite3_bind_int64(statement, count + 1, Int64(value)))
    }

    /// A date as seconds since 1970.
    mutating func add(_ date: Date?) {
        add(date?.timeIntervalSince1970)
    }

    private mutating func addNull() {
        took(sqlite3_bind_null(statement, count + 1))
    }

    private mutating func took(_ code: CInt) {
        precondition(code == SQLITE_OK, "a statement is given more than it asks for")
        count += 1
    }

    /// SQLite copies what is bound with this (`SQLITE_TRANSIENT`, a cast that Swift does not import).
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}

extension Statement {
    /// Executes the statement with the arguments that the closure adds.
    func execute(binding add: (inout Binder) throws -> Void) throws {
        var binder = Binder(self)
        try add(&binder)
        try execute()
    }
}
