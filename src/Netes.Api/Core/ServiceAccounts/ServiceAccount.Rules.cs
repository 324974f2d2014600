namespace Netes.Api.Core;

/// <summary>Source: pkg/registry/core/serviceaccount/strategy.go.</summary>
internal static class ServiceAccountRules
{
    /// <summary>Of references to secrets only the name is kept.</summary>
    public static ServiceAccount Prepare(ServiceAccount account) => account with
    {
        Secrets = account.Secrets.Map(static secret => ObjectReference.Empty with { Name = secret.Name }),
    };
}
