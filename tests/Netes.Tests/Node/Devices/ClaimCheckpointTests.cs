using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Netes.Client;
using Netes.Nodes.Devices;

namespace Netes.Tests.Node.Devices;

/// <summary>The file that remembers prepared claims is a kubelet's.</summary>
public sealed class ClaimCheckpointTests : IDisposable
{
    // Written by a kubelet; so is its checksum.
    private const string Written =
        """{"Data":"{\"kind\":\"DRACheckpoint\",\"apiVersion\":\"checkpoint.dra.kubelet.k8s.io/v1\",\"ClaimInfoStateList\":[{\"ClaimUID\":\"067798be-454e-4be4-9047-1aa06aea63f7\",\"ClaimName\":\"example\",\"Namespace\":\"default\",\"PodUIDs\":{\"139cdb46-f989-4f17-9561-ca10cfb509a6\":{}},\"DriverState\":{\"test-driver.cdi.k8s.io\":{\"Devices\":[{\"PoolName\":\"worker-1\",\"DeviceName\":\"dev-1\",\"RequestNames\":[\"test request\"],\"CDIDeviceIDs\":[\"example.com/example=cdi-example\"]}]}}}]}","Checksum":1656016162}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netes-checkpoint-");

    private string File => _folder.FullName + "/dra_manager_state";

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Kubelets_file_is_read_and_written_again()
    {
        System.IO.File.WriteAllText(File, Written);

        var claim = Assert.Single(ClaimCheckpoint.Read(File));

        Assert.Equal(("default/example", "067798be-454e-4be4-9047-1aa06aea63f7"), ($"{claim.Key}", claim.Uid));
        Assert.Equal(["139cdb46-f989-4f17-9561-ca10cfb509a6"], claim.PodUids);
        var device = Assert.Single(claim.Drivers["test-driver.cdi.k8s.io"]);
        Assert.Equal(("worker-1", "dev-1", null), (device.Pool, device.Device, device.ShareId));
        Assert.Equal(["test request"], device.Requests);
        Assert.Equal(["example.com/example=cdi-example"], device.CdiDevices);
        Assert.False(claim.IsPrepared);

        ClaimCheckpoint.Write(File, [claim]);
        Assert.Equal(Written.Replace("\\\"", "\\u0022", StringComparison.Ordinal), System.IO.File.ReadAllText(File));
        Assert.Equal([File], Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public void Shares_and_claims_of_several_drivers_survive()
    {
        var claim = new PreparedClaim
        {
            Key = new("default", "a"), Uid = "uid-a", PodUids = ["p", "q"],
            Drivers = ImmutableSortedDictionary<string, ImmutableArray<PreparedDevice>>.Empty
                .Add("x", [new() { Pool = "p", Device = "d", ShareId = "s" }]).Add("y", []),
        };

        ClaimCheckpoint.Write(File, [claim]);

        var read = Assert.Single(ClaimCheckpoint.Read(File));
        Assert.Equal(["p", "q"], read.PodUids);
        Assert.Equal(["x", "y"], read.Drivers.Keys);
        Assert.Equal("s", read.Drivers["x"][0].ShareId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"Data":"{}","Checksum":1}""")]
    [InlineData("""{"Data":"[]","Checksum":"x"}""")]
    public void Broken_file_is_put_aside(string content)
    {
        System.IO.File.WriteAllText(File, content);
        Assert.Throws<InvalidDataException>(() => ClaimCheckpoint.Read(File));

        var claims = new PreparedClaims(File, NullLogger.Instance);

        Assert.Empty(claims.All);
        Assert.Equal(content, System.IO.File.ReadAllText(File + ".corrupt"));
        claims.Change([new ObjectKey("default", "a")], (key, _) => new() { Key = key, Uid = "u" });
        Assert.Single(new PreparedClaims(File, NullLogger.Instance).All);
    }

    [Fact]
    public void Change_that_cannot_be_written_has_not_happened()
    {
        var claims = new PreparedClaims(File, NullLogger.Instance);
        Directory.CreateDirectory(File + ".next");

        var error = Assert.Throws<DeviceException>(() =>
            claims.Change([new ObjectKey("default", "a")], (key, _) => new() { Key = key, Uid = "u" }));

        Assert.StartsWith("checkpoint ResourceClaim state: ", error.Message, StringComparison.Ordinal);
        Assert.Empty(claims.All);
    }
}
