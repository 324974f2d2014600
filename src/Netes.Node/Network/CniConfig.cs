namespace Netes.Nodes.Network;

/// <summary>
/// The CNI configuration of a node: a bridge, addresses from the node's pod range. Source: the CNI specification 1.0
/// and the reference plugins bridge and host-local.
/// </summary>
public static class CniConfig
{
    public const string FileName = "10-netes.conflist";

    /// <param name="podCidr">The node's range, e.g. <c>10.244.1.0/24</c>.</param>
    /// <param name="ipamFolder">Where host-local keeps its leases; below the node's own state, so that nodes that share
    /// a file system do not share addresses.</param>
    public static string Render(string podCidr, string ipamFolder) => $$"""
        {
          "cniVersion": "0.4.0",
          "name": "netes",
          "plugins": [
            {
              "type": "bridge",
              "bridge": "cni0",
              "isGateway": true,
              "ipMasq": false,
              "hairpinMode": true,
              "ipam": {
                "type": "host-local",
                "dataDir": "{{ipamFolder}}",
                "ranges": [[{ "subnet": "{{podCidr}}" }]],
                "routes": [{ "dst": "0.0.0.0/0" }]
              }
            }
          ]
        }

        """;
}
