using System.Globalization;
using Netes.Api;
using Netes.Api.Certificates;
using Netes.Api.Core;

namespace Netes.Simulation.Checks;

/// <summary>
/// A token is its account's, stays as it is, and goes when its time or its account has ended; a certificate is given
/// to what was approved, once, and a request is kept for as long as it is to be.
/// </summary>
internal sealed class SecurityCheck
{
    private const string Uid = "kubernetes.io/service-account.uid";
    private const string InvalidSince = "kubernetes.io/legacy-token-invalid-since";

    private readonly Mirror _mirror;
    private readonly Verdict _verdict;
    private readonly TimeProvider _time;

    public SecurityCheck(Mirror mirror, Verdict verdict, TimeProvider time)
    {
        (_mirror, _verdict, _time) = (mirror, verdict, time);
        mirror.Secrets.Changed += SecretChanged;
        mirror.Requests.Changed += RequestChanged;
    }

    /// <summary>What the played signer writes: which account and which secret it was for.</summary>
    public static string TokenOf(ServiceAccount account, Secret secret) =>
        $"{account.Metadata.Uid}.{secret.Metadata.Uid}";

    private void SecretChanged(Secret? old, Secret? next)
    {
        var secret = (next ?? old)!;
        if (secret.Type == SecretType.BootstrapKubernetesIoToken)
        {
            if (next is null && EndOf(secret) > _time.GetUtcNow())
            {
                _verdict.Break(Finding.InvitationGoneEarly, $"token {secret.Metadata.Name} went before its end");
            }
        }
        else if (secret.Type == SecretType.KubernetesIoServiceAccountToken)
        {
            TokenChanged(old, next);
        }
    }

    private static DateTimeOffset EndOf(Secret secret) => DateTimeOffset.Parse(
        secret.Data.Get("expiration").ToUtf8(), CultureInfo.InvariantCulture);

    private void TokenChanged(Secret? old, Secret? next)
    {
        var name = (next ?? old)!.Metadata.Name;
        if (next is null)
        {
            var uid = old!.Metadata.Annotations.Get(Uid);
            if (uid is not null && _mirror.Accounts.Items.Any(account => account.Metadata.Uid == uid)
                && !old.Metadata.Labels.ContainsKey(InvalidSince))
            {
                _verdict.Break(Finding.TokenGoneEarly, $"token {name} was deleted, and its account is there");
            }

            return;
        }

        var (was, token) = (old?.Data.Get("token").ToUtf8() ?? "", next.Data.Get("token").ToUtf8());
        if (was.Length > 0 && was != token)
        {
            _verdict.Break(Finding.TokenChanged, $"token {name} changed");
        }

        if (token.Length > 0 && token != $"{next.Metadata.Annotations.Get(Uid)}.{next.Metadata.Uid}")
        {
            _verdict.Break(Finding.TokenOfOther, $"token {name} is not that of its account");
        }
    }

    private void RequestChanged(CertificateSigningRequest? old, CertificateSigningRequest? next)
    {
        var name = (next ?? old)!.Metadata.Name;
        if (next is null)
        {
            var decided = old!.Status.Conditions.Select(condition => condition.LastUpdateTime).OfType<Timestamp>()
                .Select(time => time.ToDateTimeOffset().AddHours(1)).ToList();
            var end = decided.Count > 0
                ? decided.Max()
                : old.Metadata.CreationTimestamp!.Value.ToDateTimeOffset().AddDays(1);
            if (_time.GetUtcNow() < end)
            {
                _verdict.Break(Finding.RequestGoneEarly, $"request {name} went before its end at {end:O}");
            }

            return;
        }

        bool Has(string type) => next.Status.Conditions.Any(condition => condition.Type == type);
        var before = old?.Status.Certificate ?? default;
        if (next.Status.Certificate != before
            && (!before.IsEmpty || !Has(RequestConditionType.Approved) || Has(RequestConditionType.Denied)))
        {
            _verdict.Break(Finding.CertificateForbidden, $"request {name} got a certificate that it may not have");
        }
    }
}
