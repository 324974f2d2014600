using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;

namespace Netes.ApiServer.Http;

/// <summary>
/// Memory of connections in blocks of 16 KiB instead of Kestrel's 4 KiB. Each block becomes one record of TLS, whose
/// largest is 16 KiB, so lists and bursts of events cost a quarter of the encryptions and writes.
/// </summary>
internal sealed class LargeBlocks : IMemoryPoolFactory<byte>
{
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new Pool();

    // The block that came back last is the next to go out: the processor still has it in its cache.
    private sealed class Pool : MemoryPool<byte>
    {
        private const int BlockBytes = 16 << 10;

        // 8 MiB; what a burst needs beyond is the garbage collector's.
        private const int MostKept = 512;

        private readonly Lock _lock = new();
        private readonly Block[] _kept = new Block[MostKept];
        private int _count;

        public override int MaxBufferSize => BlockBytes;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockBytes);
            lock (_lock)
            {
                if (_count > 0)
                {
                    return _kept[--_count];
                }
            }

            return new Block(this, BlockBytes);
        }

        protected override void Dispose(bool disposing)
        {
            // Blocks that are still out come back to a pool that nobody takes from.
        }

        private void Return(Block block)
        {
            lock (_lock)
            {
                if (_count < MostKept)
                {
                    _kept[_count++] = block;
                }
            }
        }

        // Pinned from the beginning, so that sockets need not pin it for each call.
        private sealed class Block(Pool pool, int bytes) : IMemoryOwner<byte>
        {
            public Memory<byte> Memory { get; } =
                MemoryMarshal.CreateFromPinnedArray(GC.AllocateUninitializedArray<byte>(bytes, pinned: true), 0, bytes);

            public void Dispose() => pool.Return(this);
        }
    }
}
