using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Netes.ApiServer.Certificates;
using Netes.Client;

namespace Netes.Tests.Client.Transport;

/// <summary>A kubeconfig's tls-server-name, against a server whose certificate has a name and no address.</summary>
public sealed class TlsServerNameTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("api.test", true)]
    [InlineData("other.test", false)]
    [InlineData("", false)]
    public async Task Certificate_HasToHaveTheName(string name, bool isRight)
    {
        var lifetime = TimeSpan.FromDays(1);
        using var authority = CertificateAuthority.Load(
            CertificateAuthority.Create("ca", lifetime, TimeProvider.System), TimeProvider.System);
        var certificate = authority.Issue(
            new() { CommonName = "server", DnsNames = ["api.test"], ForServer = true }, lifetime).Load();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        await using var app = builder.Build();
        app.Run(static http => http.Response.WriteAsync("{}", http.RequestAborted));
        await app.StartAsync(Cancel);
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(authority.Pem);
        using var transport = new HttpTransport(new()
        {
            Server = new Uri(app.Urls.Single()),
            Authorities = authorities,
            TlsServerName = name,
        });

        var request = new ApiRequest(HttpMethod.Get, "/version");
        if (isRight)
        {
            await using var response = await transport.SendAsync(request, Cancel);
            Assert.Equal(200, response.StatusCode);
        }
        else
        {
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => transport.SendAsync(request, Cancel));
        }
    }
}
