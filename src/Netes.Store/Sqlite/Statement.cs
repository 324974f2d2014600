using System.Text;
using SQLitePCL;

namespace Netes.Store.Sqlite;

/// <summary>A prepared statement. Parameters count from 1, columns from 0, as SQLite has them.</summary>
internal sealed class Statement(Database database, sqlite3_stmt handle) : IDisposable
{
    public void Bind(int parameter, long value) => database.Check(raw.sqlite3_bind_int64(handle, parameter, value));

    public void BindText(int parameter, ReadOnlySpan<byte> utf8) =>
        database.Check(raw.sqlite3_bind_text(handle, parameter, utf8));

    public void BindBlob(int parameter, ReadOnlySpan<byte> value) => database.Check(
        value.IsEmpty
            ? raw.sqlite3_bind_zeroblob(handle, parameter, 0)
            : raw.sqlite3_bind_blob(handle, parameter, value));

    /// <summary>Whether there is a row. Before binding again: <see cref="Reset"/>.</summary>
    public bool Step()
    {
        int code = raw.sqlite3_step(handle);
        database.Check(code);
        return code == raw.SQLITE_ROW;
    }

    /// <summary>Runs to the end and is ready for the next parameters, also when it fails.</summary>
    public void Run()
    {
        try
        {
            while (Step())
            {
                // Rows are of no interest here.
            }
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Its result repeats the error of the last step, which has been thrown already.</summary>
    public void Reset() => raw.sqlite3_reset(handle);

    public long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    /// <summary>Valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(handle, column);

    public void Dispose() => handle.Dispose();
}
