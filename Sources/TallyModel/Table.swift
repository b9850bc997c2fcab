package import FoundationEssentials

/// A table of the package's own data: one row a line, fields between tabs, comments behind a `#` at the line's start.
///
/// Tables are embedded in the binary (`.embedInCode`), so a malformed one is a mistake of the program: it stops with
/// the name of the file and the line.
package struct Table: Sendable {
    /// The name of the file, for the words of a failure.
    package let name: String
    /// The rows in the order of the file.
    package let rows: [Row]

    /// Reads a table.
    ///
    /// - Parameters:
    ///   - name: The name of its file.
    ///   - bytes: The file, in UTF-8.
    ///   - columns: How many fields each row has.
    package init(_ name: String, _ bytes: [UInt8], columns: Int) {
        self.name = name
        var rows: [Row] = []
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where !line.isEmpty && line.first != UInt8(ascii: "#") {
            let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
            let row = Row(table: name, line: index + 1, fields: fields)
            if fields.count != columns { row.fail("has \(fields.count) fields and not \(columns)") }
            if fields.contains(where: \.isEmpty) { row.fail("has an empty field") }
            rows.append(row)
        }
        self.rows = rows
    }

    /// Returns what each row gives by its first field, which stands once in the table.
    package func byFirstField<Value>(_ value: (Row) -> Value) -> [String: Value] {
        var values: [String: Value] = [:]
        for row in rows where values.updateValue(value(row), forKey: row[0]) != nil {
            row.fail("has the first field of an earlier row")
        }
        return values
    }

    /// The second field of every row by its first one, which stands once in the table.
    package var pairs: [String: String] { byFirstField { $0[1] } }

    /// The first fields, which stand once in the table.
    package var words: Set<String> { Set(byFirstField { _ in true }.keys) }
}

extension Table {
    /// One row of a table.
    package struct Row: Sendable {
        /// The name of the table's file.
        package let table: String
        /// The line, from 1.
        package let line: Int
        /// The fields, none of them empty.
        package let fields: [String]

        /// Returns a field as it stands.
        package subscript(_ column: Int) -> String { fields[column] }

        /// Returns a field as a decimal number.
        package func decimal(_ column: Int) -> Decimal {
            guard let value = Decimal(string: fields[column]) else {
                fail("has \(fields[column]) where a number is due")
            }
            return value
        }

        /// Returns a field as a whole number.
        package func integer(_ column: Int) -> Int {
            guard let value = Int(fields[column]) else {
                fail("has \(fields[column]) where a whole number is due")
            }
            return value
        }

        /// Stops the program: the row breaks a rule of its table.
        package func fail(_ reason: String) -> Never {
            preconditionFailure("\(table), line \(line) \(reason)")
        }
    }
}
