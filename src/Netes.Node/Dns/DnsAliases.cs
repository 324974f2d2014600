namespace Netes.Nodes.Dns;

/// <summary>
/// Follows aliases that lead out of the cluster to their addresses: programs' own resolvers expect the server to have
/// done it. Source: CoreDNS plugin/pkg/upstream, which the kubernetes plugin uses for Services of type ExternalName.
/// </summary>
internal sealed class DnsAliases(Func<ClusterZone> zone, DnsUpstream upstream)
{
    /// <summary>The answer with what its last alias leads to, as far as that is known.</summary>
    public async Task<DnsAnswer> FollowAsync(DnsQuestion question, DnsAnswer answer, CancellationToken cancel)
    {
        if (answer.Answers is not [.., CnameRecord alias] || question.Type is not (DnsType.A or DnsType.Aaaa)
            || zone().Answer(alias.Target, question.Type) is not null)
        {
            return answer;
        }

        var query = DnsWriter.WriteQuery(question.Id, alias.Target, question.Type);
        var found = await upstream.AskAsync(query, overTcp: false, cancel);
        return found is null ? answer
            : answer with { Answers = [.. answer.Answers, .. DnsReader.ReadAddresses(found)] };
    }
}
