namespace Netes.Nodes.Plugins;

/// <summary>A plugin is not registered. The message is a kubelet's.</summary>
internal sealed class PluginException(string message, Exception? cause = null) : Exception(message, cause);
