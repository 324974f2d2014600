using Netes.Client;

namespace Netes.Simulation.Checks;

/// <summary>
/// Counts who writes what; and once everything has settled, nobody is to write any more: a controller that goes on
/// never comes to rest, even if what it writes is there already. Apart from leases, from what time asks for, and from
/// the namespace where more is wanted than the quota allows: that is tried again and again.
/// </summary>
internal sealed class Census
{
    /// <summary>What in the server deletes leases of servers that are gone.</summary>
    public const string LeaseCollector = "apiserver-lease-gc";

    /// <summary>What in the server tells of other servers.</summary>
    public const string Availability = "apiservice-availability";

    // Tokens and requests end, and what is signed by a token that has ended is signed no more.
    private static readonly (string Account, string What)[] OfTime =
    [
        ("token-cleaner", "DELETE secrets"),
        ("bootstrap-signer", "PUT configmaps"),
        ("certificate-controller", "DELETE certificatesigningrequests"),
        ("legacy-service-account-token-cleaner", "PATCH secrets"),
        ("legacy-service-account-token-cleaner", "PUT secrets"),
        ("legacy-service-account-token-cleaner", "DELETE secrets"),
    ];

    private readonly Verdict _verdict;

    public Census(Mirror mirror, Verdict verdict)
    {
        _verdict = verdict;

        // What the server does by itself asks nobody; people do neither of these.
        mirror.Leases.Changed += (old, next) =>
        {
            if (next is null && LeaseCheck.IsOfServer(old!))
            {
                Count(LeaseCollector, "DELETE leases");
            }
        };
        mirror.ApiServices.Changed += (old, next) =>
        {
            if (next?.Spec.Service is not null && old?.Status != next.Status)
            {
                Count(Availability, "PUT apiservices/status");
            }
        };
    }

    /// <summary>How often each account wrote, and what; events are not counted, nothing depends on them.</summary>
    public SortedDictionary<string, int> Kinds { get; } = new(StringComparer.Ordinal);

    /// <summary>Everything has settled: it stays as it is.</summary>
    public bool IsAtRest { get; set; }

    public static bool IsWrite(ApiRequest request) => request.Method != HttpMethod.Get
        && !request.PathAndQuery.Contains("/events", StringComparison.Ordinal);

    /// <summary>Somebody asks the server to write.</summary>
    public void Observe(string user, ApiRequest request)
    {
        var (account, what) = (user.Split(':')[^1], $"{request.Method} {WhatOf(request)}");
        Count(account, what);
        if (IsAtRest && !what.EndsWith(" leases", StringComparison.Ordinal) && !OfTime.Contains((account, what))
            && !request.PathAndQuery.Contains($"/namespaces/{QuotaCheck.Namespace}/", StringComparison.Ordinal))
        {
            _verdict.Break(
                Finding.Restless, $"everything had settled, and {account} does {request.Method} {request.PathAndQuery}");
        }
    }

    private void Count(string account, string what)
    {
        var kind = $"{account} {what}";
        Kinds[kind] = Kinds.GetValueOrDefault(kind) + 1;
    }

    /// <summary>The plural, and the part of the object if it is one: <c>pods/status</c>.</summary>
    private static string WhatOf(ApiRequest request)
    {
        // /api/v1/... or /apis/GROUP/VERSION/..., and then maybe namespaces/NS/PLURAL.
        var parts = request.PathAndQuery.Split('?')[0].Split('/')[1..];
        var rest = parts[(parts[0] == "api" ? 2 : 3)..];
        rest = rest is ["namespaces", _, not ("status" or "finalize"), ..] ? rest[2..] : rest;
        return rest is [var plural, _, .. var part] ? string.Join('/', [plural, .. part]) : rest[0];
    }
}
