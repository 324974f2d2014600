using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Netes.Api;
using Netes.Api.Certificates;

namespace Netes.ControlPlane;

/// <summary>How long a request is kept. Source: pkg/controller/certificates/cleaner/cleaner.go, handle.</summary>
internal static class CleaningPlan
{
    private static readonly TimeSpan Settled = TimeSpan.FromHours(1);
    private static readonly TimeSpan Waiting = TimeSpan.FromHours(24);

    /// <summary>
    /// The first time that ends it; null: none does. A day after its creation when nobody said anything, a day after
    /// its approval when no certificate came, an hour after that when one did, or when it expires; an hour after its
    /// refusal or failure. What others say with conditions of their own keeps it.
    /// </summary>
    public static DateTimeOffset? End(CertificateSigningRequest request)
    {
        if (request.Status.Conditions.IsEmpty)
        {
            return request.Metadata.CreationTimestamp?.ToDateTimeOffset() + Waiting;
        }

        DateTimeOffset? end = null;
        foreach (var condition in request.Status.Conditions)
        {
            var isIssued = condition.Type == RequestConditionType.Approved && !request.Status.Certificate.IsEmpty;
            end = Earlier(end, condition.LastUpdateTime?.ToDateTimeOffset() + Kept(condition.Type, isIssued));
            end = Earlier(end, isIssued ? Expiry(request.Status.Certificate) : null);
        }

        return end;
    }

    private static TimeSpan? Kept(string type, bool isIssued) => type switch
    {
        RequestConditionType.Approved => isIssued ? Settled : Waiting,
        RequestConditionType.Denied or RequestConditionType.Failed => Settled,
        _ => null,
    };

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other : one;

    private static DateTimeOffset? Expiry(ByteString pem)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(pem.ToUtf8());
            return certificate.NotAfter.ToUniversalTime();
        }
        catch (CryptographicException)
        {
            // Another signer may have put in what is no certificate; the request then ends by its age.
            return null;
        }
    }
}
