using System.Buffers.Binary;
using System.Numerics;

namespace Netes.Store.Sqlite;

/// <summary>CRC-32C over a whole row: a flipped bit on the disk is found on reading, not served.</summary>
internal static class RowChecksum
{
    public static uint Of(
        long revision, long created, long previous, bool isDeleted, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        uint sum = uint.MaxValue;
        sum = BitOperations.Crc32C(sum, (ulong)revision);
        sum = BitOperations.Crc32C(sum, (ulong)created);
        sum = BitOperations.Crc32C(sum, (ulong)previous);
        sum = BitOperations.Crc32C(sum, ((ulong)key.Length << 1) | (isDeleted ? 1u : 0u));
        return Add(Add(sum, key), value);
    }

    /// <summary>Of a <see cref="LiveRevisions"/>.</summary>
    public static uint Of(long revision, ReadOnlySpan<byte> encoded) =>
        Add(BitOperations.Crc32C(uint.MaxValue, (ulong)revision), encoded);

    private static uint Add(uint sum, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte one in bytes)
        {
            sum = BitOperations.Crc32C(sum, one);
        }

        return sum;
    }
}
