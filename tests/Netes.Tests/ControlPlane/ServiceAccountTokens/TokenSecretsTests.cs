using Netes.Api;
using Netes.Api.Core;
using Netes.ControlPlane;

namespace Netes.Tests.ControlPlane.ServiceAccountTokens;

public sealed class TokenSecretsTests
{
    private static readonly ServiceAccount Account = new()
    {
        Metadata = new() { Namespace = "default", Name = "app", Uid = "uid" },
    };

    private static readonly Secret Asked = new()
    {
        Metadata = new()
        {
            Namespace = "default",
            Name = "old",
            Annotations = ValueMap.Of(("kubernetes.io/service-account.name", "app")),
        },
        Type = SecretType.KubernetesIoServiceAccountToken,
    };

    [Fact]
    public void WhatIsMissing_isFilledIn()
    {
        var complete = Complete(Asked, "pem");
        Assert.Equal(
            ValueMap.Of(
                ("ca.crt", ByteString.FromUtf8("pem")), ("namespace", ByteString.FromUtf8("default")),
                ("token", ByteString.FromUtf8("token of uid in old"))),
            complete.Data);
        Assert.Equal("uid", TokenSecrets.AccountUidOf(complete));
        Assert.Same(complete, Complete(complete, "pem"));
        Assert.Same(complete, Complete(complete, ""));
    }

    [Fact]
    public void NewAuthority_leavesTheToken()
    {
        var next = Complete(Complete(Asked, "pem") with { Metadata = Asked.Metadata }, "next");
        Assert.Equal("next", next.Data.Get("ca.crt").ToUtf8());
        Assert.Equal("token of uid in old", next.Data.Get("token").ToUtf8());
        Assert.Equal("uid", TokenSecrets.AccountUidOf(next));
    }

    [Fact]
    public void SecretOfAnotherType_hasNoAccount() =>
        Assert.Equal("", TokenSecrets.AccountOf(Asked with { Type = SecretType.Opaque }));

    private static Secret Complete(Secret secret, string authority) => TokenSecrets.Complete(
        secret, Account, authority,
        (account, held) => $"token of {account.Metadata.Uid} in {held.Metadata.Name}");
}
