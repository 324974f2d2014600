using Microsoft.Data.Sqlite;

namespace Netes.Tests.Store.Sqlite;

/// <summary>A folder that goes when the test ends, on a real disk: a test on tmpfs would not meet fsync.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("netes-store-").FullName;

    public string Path => System.IO.Path.Combine(_parent, "store");

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>The one number that a query of the database answers, beside the store.</summary>
    public long Query(string sql) => Run(sql, static command => (long)command.ExecuteScalar()!);

    /// <summary>Changes the database beside the store.</summary>
    public void Change(string sql) => Run(sql, static command => command.ExecuteNonQuery());

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    private T Run<T>(string sql, Func<SqliteCommand, T> run)
    {
        using var connection = new SqliteConnection($"Data Source={File("state.db")};Pooling=false");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return run(command);
    }
}
