using System.IO.Pipelines;
using System.Text;

namespace Netes.ApiServer.Streaming;

/// <summary>The text of an answer that is a failure, short of what is too long to be shown.</summary>
internal static class ResultText
{
    private const int MaxBytes = 2048;

    public static async ValueTask<string> ReadAsync(ApiResult result, CancellationToken cancel)
    {
        if (result.Body is not ApiResultBody.Stream stream)
        {
            return "";
        }

        var text = new MemoryStream();
        var writer = PipeWriter.Create(text, new StreamPipeWriterOptions(leaveOpen: true));
        await stream.WriteAsync(writer, cancel);
        await writer.CompleteAsync();
        return Encoding.UTF8.GetString(text.ToArray().AsSpan(0, (int)Math.Min(text.Length, MaxBytes)));
    }
}
