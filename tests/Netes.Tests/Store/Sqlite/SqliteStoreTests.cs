using Netes.Store;
using Netes.Store.Sqlite;

namespace Netes.Tests.Store.Sqlite;

public sealed class SqliteStoreTests : StoreContract
{
    private readonly TestFolder _folder = new();

    protected override async ValueTask<IStore> OpenAsync(HistoryOptions history) =>
        await SqliteStore.OpenAsync(
            new SqliteStoreOptions { Folder = _folder.Path, History = history, ReserveBytes = 0 }, Time, Cancel);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}
