using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Netes.Api;
using Netes.Api.Core;

namespace Netes.Client;

/// <summary>
/// Tells users what happened to their objects. Recording never blocks and never fails: events are written by
/// <see cref="RunAsync"/>; repeated ones become a count, too many are dropped.
/// Source: client-go tools/record/{event,events_cache}.go.
/// </summary>
public sealed partial class EventRecorder
{
    private readonly KubernetesClient _client;
    private readonly string _component;
    private readonly string _host;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly ILogger _logger;
    private readonly EventOptions _options;
    private readonly EventCorrelator _correlator;
    private readonly Channel<Event> _queue;

    /// <param name="client">Where to write.</param>
    /// <param name="component">Who reports, e.g. <c>deployment-controller</c>.</param>
    /// <param name="host">The node's name, for a node's component; else empty.</param>
    /// <param name="options">Limits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Spreads the first retry.</param>
    /// <param name="logger">Where lost events are told.</param>
    public EventRecorder(
        KubernetesClient client, string component, string host, EventOptions options, TimeProvider time, Random random,
        ILogger logger)
    {
        (_client, _component, _host, _time, _random, _logger) = (client, component, host, time, random, logger);
        _options = options;
        _correlator = new EventCorrelator(options, time);
        _queue = Channel.CreateBounded<Event>(new BoundedChannelOptions(options.MaxQueued) { SingleReader = true });
    }

    /// <summary>An event of type Normal.</summary>
    public void Normal<T>(T about, string reason, string message)
        where T : class, IResource<T> => Record(ObjectReferences.To(about), EventTypes.Normal, reason, message);

    /// <summary>An event of type Warning.</summary>
    public void Warning<T>(T about, string reason, string message)
        where T : class, IResource<T> => Record(ObjectReferences.To(about), EventTypes.Warning, reason, message);

    /// <param name="about">The object, or (fieldPath) a part of it.</param>
    /// <param name="type">See <see cref="EventTypes"/>.</param>
    /// <param name="reason">One word in upper camel case.</param>
    /// <param name="message">A sentence for people; cut at 1024 bytes.</param>
    public void Record(ObjectReference about, string type, string reason, string message)
    {
        var now = _time.GetUtcNow();
        var ns = about.Namespace.Length == 0 ? "default" : about.Namespace;
        var nanos = (now.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100;
        var value = new Event
        {
            Metadata = new()
            {
                Name = string.Create(CultureInfo.InvariantCulture, $"{about.Name}.{nanos:x16}"),
                Namespace = ns,
            },
            InvolvedObject = about,
            Reason = reason,
            Message = Cut(message),
            FirstTimestamp = Timestamp.From(now),
            LastTimestamp = Timestamp.From(now),
            Count = 1,
            Type = type,
            Source = new EventSource { Component = _component, Host = _host },
            ReportingController = _component,
            ReportingInstance = _host,
        };
        if (!_queue.Writer.TryWrite(value))
        {
            LogDropped(_logger, about.Kind, about.Namespace, about.Name, reason);
        }
    }

    /// <summary>Writes events until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            await foreach (var value in _queue.Reader.ReadAllAsync(cancel))
            {
                if (_correlator.Correlate(value) is { } correlated)
                {
                    await WriteAsync(correlated, cancel);
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            LogStopped(_logger, _component);
        }
    }

    private async Task WriteAsync(CorrelatedEvent correlated, CancellationToken cancel)
    {
        var value = correlated.Event;
        for (var tries = 1; ; tries++)
        {
            try
            {
                _correlator.Written(correlated, await WriteOnceAsync(correlated, cancel));
                return;
            }
            catch (ApiException failure)
            {
                // The server has spoken (the namespace ends, the event is invalid): trying again changes nothing.
                LogRefused(_logger, value.InvolvedObject.Kind, value.Metadata.Namespace, value.InvolvedObject.Name,
                    value.Reason, failure.Message);
                return;
            }
            catch (Exception failure) when (!cancel.IsCancellationRequested)
            {
                if (tries >= _options.MaxTries)
                {
                    LogLost(_logger, failure, value.InvolvedObject.Kind, value.Metadata.Namespace,
                        value.InvolvedObject.Name, value.Reason);
                    return;
                }
            }

            // All recorders lose the server at the same moment: the first retry is spread.
            var wait = tries == 1 ? _options.RetryInterval * _random.NextDouble() : _options.RetryInterval;
            await Task.Delay(wait, _time, cancel);
        }
    }

    private async Task<Event> WriteOnceAsync(CorrelatedEvent correlated, CancellationToken cancel)
    {
        var value = correlated.Event;
        if (value.Count > 1)
        {
            try
            {
                var patch = new Patch(MediaTypes.StrategicMergePatch, CountPatch(value));
                return await _client.PatchAsync<Event>(
                    value.Metadata.Namespace, value.Metadata.Name, patch, "", cancel);
            }
            catch (ApiException failure) when (failure.IsNotFound)
            {
                // The counted event expired: a new one begins with the count so far.
                LogExpired(_logger, value.Metadata.Namespace, value.Metadata.Name);
            }
        }

        return await _client.CreateAsync(
            value with { Metadata = value.Metadata with { ResourceVersion = "", Uid = "" } }, cancel);
    }

    private static byte[] CountPatch(Event value)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("count", value.Count);
            json.WriteString("lastTimestamp", value.LastTimestamp.ToString());
            json.WriteString("message", value.Message);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static string Cut(string message)
    {
        const int maxBytes = 1024;
        if (Encoding.UTF8.GetByteCount(message) <= maxBytes)
        {
            return message;
        }

        var cut = message[..Math.Min(message.Length, maxBytes)];
        while (Encoding.UTF8.GetByteCount(cut) > maxBytes || char.IsHighSurrogate(cut[^1]))
        {
            cut = cut[..^1];
        }

        return cut;
    }

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "too many events, dropped {Reason} of {Kind} {Namespace} {Name}")]
    private static partial void LogDropped(ILogger logger, string kind, string @namespace, string name, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "event {Reason} of {Kind} {Namespace} {Name} was refused: {Why}")]
    private static partial void LogRefused(
        ILogger logger, string kind, string @namespace, string name, string reason, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "event {Reason} of {Kind} {Namespace} {Name} is lost")]
    private static partial void LogLost(
        ILogger logger, Exception failure, string kind, string @namespace, string name, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "event {Namespace} {Name} is gone, writing a new one")]
    private static partial void LogExpired(ILogger logger, string @namespace, string name);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Component} stopped recording events")]
    private static partial void LogStopped(ILogger logger, string component);
}
