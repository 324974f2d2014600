using System.Globalization;
using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.Api.Core;
using Netes.ApiServer.Registry;
using Netes.ApiServer.Views;

namespace Netes.ApiServer.Housekeeping;

/// <summary>
/// Warnings of the server itself about objects. One that cannot be written is logged: events are not worth a failure.
/// Source: client-go tools/events/event_recorder.go.
/// </summary>
internal sealed partial class ServerEvents(
    InternalWriter writer, IdSource ids, TimeProvider time, ILogger logger, string controller)
{
    /// <param name="about">The object.</param>
    /// <param name="reason">One word in upper camel case.</param>
    /// <param name="action">What was tried, as one word.</param>
    /// <param name="message">A sentence for people.</param>
    /// <param name="cancel">Ends the writing.</param>
    public async Task WarnAsync<T>(T about, string reason, string action, string message, CancellationToken cancel)
        where T : class, IResource<T>
    {
        var (metadata, now) = (about.Metadata, time.GetUtcNow());
        LogWarning(logger, T.Resource.Kind, metadata.Namespace, metadata.Name, reason, message);
        var value = new Event
        {
            Metadata = new()
            {
                Namespace = metadata.Namespace.Length == 0 ? "default" : metadata.Namespace,
                Name = NameOf(metadata.Name, now),
            },
            InvolvedObject = new()
            {
                Kind = T.Resource.Kind,
                ApiVersion = T.Resource.Group.Length == 0
                    ? T.Resource.Version
                    : $"{T.Resource.Group}/{T.Resource.Version}",
                Namespace = metadata.Namespace,
                Name = metadata.Name,
                Uid = metadata.Uid,
                ResourceVersion = metadata.ResourceVersion,
            },
            Type = "Warning",
            Reason = reason,
            Action = action,
            Message = message,
            EventTime = MicroTimestamp.From(now),
            ReportingController = controller,
            ReportingInstance = $"{controller}-{Environment.MachineName}",
        };
        try
        {
            await writer.CreateAsync(value, cancel);
        }
        catch (ApiException failure)
        {
            LogLost(logger, T.Resource.Kind, metadata.Namespace, metadata.Name, reason, failure);
        }
    }

    // A name with colons, as addresses of IPv6 have, is none for an event. Source: GenerateEventName.
    private string NameOf(string name, DateTimeOffset now) => name.Contains(':', StringComparison.Ordinal)
        ? ids.NewUid()
        : string.Create(
            CultureInfo.InvariantCulture, $"{name}.{(now.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100:x16}");

    [LoggerMessage(LogLevel.Warning, "{Kind} {Namespace}/{Name}: {Reason}: {Message}")]
    private static partial void LogWarning(
        ILogger logger, string kind, string @namespace, string name, string reason, string message);

    [LoggerMessage(LogLevel.Warning, "The event {Reason} of {Kind} {Namespace}/{Name} could not be written")]
    private static partial void LogLost(
        ILogger logger, string kind, string @namespace, string name, string reason, Exception exception);
}
