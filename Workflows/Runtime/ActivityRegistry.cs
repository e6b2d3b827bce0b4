namespace CaseManagement.Workflows.Runtime;

/// <summary>The activity types a runtime knows, by Elsa's type name.</summary>
public sealed class ActivityRegistry
{
    private readonly Dictionary<string, Activity> _byType = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">Two activities have the same type name.</exception>
    public ActivityRegistry(IEnumerable<Activity> activities)
    {
        foreach (var activity in activities)
        {
            if (!_byType.TryAdd(activity.Descriptor.TypeName, activity))
            {
                throw new ArgumentException($"{activity.Descriptor.TypeName} is registered twice.", nameof(activities));
            }
        }
    }

    public IReadOnlyCollection<Activity> Activities => _byType.Values;

    public Activity? Find(string typeName) => _byType.GetValueOrDefault(typeName);
}
