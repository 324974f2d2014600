using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace Netes.ApiServer.Http;

/// <summary>
/// Memory of connections in blocks of 16 KiB instead of Kestrel's 4 KiB. Each block becomes one record of TLS, whose
/// largest is 16 KiB, so lists and bursts of events cost a quarter of the encryptions and writes. What is idle goes
/// back to the shared pool, which gives it up by itself.
/// </summary>
internal sealed class LargeBlocks : IMemoryPoolFactory<byte>
{
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new Pool();

    private sealed class Pool : MemoryPool<byte>
    {
        private const int BlockBytes = 16 << 10;

        public override int MaxBufferSize => Shared.MaxBufferSize;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1) =>
            Shared.Rent(Math.Max(minBufferSize, BlockBytes));

        protected override void Dispose(bool disposing)
        {
            // The shared pool outlives every server.
        }
    }
}
