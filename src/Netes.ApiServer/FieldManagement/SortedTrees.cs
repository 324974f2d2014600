using Netes.Api;

namespace Netes.ApiServer.FieldManagement;

/// <summary>Trees with their names in order, as Go writes its maps.</summary>
internal static class SortedTrees
{
    /// <summary>A copy with the members of all objects in order.</summary>
    public static JsonTree? Sort(JsonTree? tree)
    {
        switch (tree)
        {
            case TreeMap map:
                var sorted = new TreeMap();
                foreach (var (name, value) in map.Members.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
                {
                    sorted.Members[name] = Sort(value);
                }

                return sorted;
            case TreeList list:
                var items = new TreeList();
                foreach (var item in list.Items)
                {
                    items.Items.Add(Sort(item));
                }

                return items;
            default:
                return tree;
        }
    }
}
