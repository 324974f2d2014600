namespace Netes.EndToEnd.Restarts;

/// <summary>Tests that end parts of the shared cluster: they run alone, after all others.</summary>
[CollectionDefinition(nameof(Disturbances), DisableParallelization = true)]
public sealed class Disturbances;
