namespace Netes.Client;

/// <summary>The types of events. Source: api core/v1/types.go.</summary>
public static class EventTypes
{
    public const string Normal = "Normal";
    public const string Warning = "Warning";
}
