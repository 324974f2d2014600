using System.Text.Json;
using Netes.Nodes.Devices;
using Netes.Nodes.Cri;

namespace Netes.Tests.Node.Devices;

/// <summary>Which runtimes are told names of devices, and what specifications say to the others.</summary>
public sealed class CdiInjectionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netes-cdi-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("containerd", "1.6.20~ds1", false)]
    [InlineData("containerd", "v1.5.0", false)]
    [InlineData("containerd", "v1.7.2", true)]
    [InlineData("containerd", "2.0.0-rc.1", true)]
    [InlineData("containerd", "unknown", true)]
    [InlineData("cri-o", "1.6.0", true)]
    public void Runtime_has_the_interface_or_not(string name, string version, bool expected) =>
        Assert.Equal(expected, CdiInjection.HasCdi(new() { RuntimeName = name, RuntimeVersion = version }));

    [Fact]
    public void Devices_are_found_in_yaml_and_json_and_later_folders_win()
    {
        var (early, late) = (_folder.CreateSubdirectory("a").FullName, _folder.CreateSubdirectory("b").FullName);
        File.WriteAllText(early + "/x.yaml", """
            cdiVersion: 0.6.0
            kind: x.com/gpu
            containerEdits:
              env: [COMMON=1]
            devices:
            - name: "0"
              containerEdits:
                env: [OWN=early]
            - name: "1"
              containerEdits:
                deviceNodes:
                - path: /dev/x1
            """);
        File.WriteAllText(late + "/x.json", """
            {"kind": "x.com/gpu", "devices": [{"name": "0", "containerEdits": {"env": ["OWN=late"]}}]}
            """);
        File.WriteAllText(late + "/broken.json", "{");
        File.CreateSymbolicLink(late + "/gone.json", late + "/nowhere");
        File.WriteAllText(late + "/twice-1.json", """{"kind": "y.com/nic", "devices": [{"name": "0"}]}""");
        File.WriteAllText(late + "/twice-2.json", """{"kind": "y.com/nic", "devices": [{"name": "0"}]}""");

        var edits = CdiSpecs.Find([early, "/not/there", late], ["x.com/gpu=1", "x.com/gpu=0"]);

        Assert.Equal(["x.com/gpu", "x.com/gpu=1", "x.com/gpu=0"], edits.Select(edit => edit.Device));
        Assert.Equal("OWN=late", edits[2].Content.GetProperty("env")[0].GetString());
        var error = Assert.Throws<DeviceException>(
            () => CdiSpecs.Find([early, late], ["x.com/gpu=0", "y.com/nic=0", "x.com/gpu=2"]));
        Assert.Equal("CDI device injection failed: unresolvable CDI devices y.com/nic=0, x.com/gpu=2", error.Message);
    }

    [Theory]
    [InlineData("""{"env": [7]}""")]
    [InlineData("""{"additionalGids": ["video"]}""")]
    [InlineData("""{"additionalGids": [1.5]}""")]
    [InlineData("""{"mounts": [{"options": [true]}]}""")]
    public void Edits_that_are_none_are_refused_by_the_name_of_the_device(string edits)
    {
        using var json = JsonDocument.Parse(edits);
        var config = new ContainerConfig { Linux = new() { SecurityContext = new() } };
        var error = Assert.Throws<DeviceException>(
            () => CdiInjection.Apply(config, new CdiEdits("x.com/gpu=0", json.RootElement)));
        Assert.StartsWith(
            "CDI device injection failed: invalid edits of x.com/gpu=0: ", error.Message, StringComparison.Ordinal);
    }
}
