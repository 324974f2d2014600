namespace Netes.Api;

/// <summary>The protobuf message of times: seconds under 1, nanoseconds under 2. Source: metav1
/// time_proto.go.</summary>
internal static class TimeMessage
{
    /// <summary>Null for an empty message, which is how Go writes a time that is not set.</summary>
    public static (long Seconds, int Nanos)? Read(ref ProtoReader reader)
    {
        var message = reader.ReadMessage();
        var (any, seconds, nanos) = (false, 0L, 0);
        while (message.NextField())
        {
            any = true;
            switch (message.Number)
            {
                case 1:
                    seconds = (long)message.ReadVarint();
                    break;
                case 2:
                    nanos = (int)message.ReadVarint();
                    break;
                default:
                    message.SkipField();
                    break;
            }
        }

        return any ? (seconds, nanos is >= 0 and < 1_000_000_000 ? nanos : 0) : null;
    }

    public static void Write(ProtoWriter writer, int number, long seconds, int nanos)
    {
        var mark = writer.Mark;
        writer.WriteVarintField(2, (ulong)nanos);
        writer.WriteVarintField(1, (ulong)seconds);
        writer.WriteMessageHead(number, mark);
    }
}
