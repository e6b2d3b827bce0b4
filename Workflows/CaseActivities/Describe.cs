using System.Text.Json.Nodes;
using CaseManagement.Workflows.Runtime;

namespace CaseManagement.Workflows.CaseActivities;

/// <summary>Describes our activity types briefly. Names stand in both languages, since Studio shows one text.</summary>
internal static class Describe
{
    public const string Intake = "Intake 受理";
    public const string Rules = "Rules 规则";
    public const string Work = "Work 办理";
    public const string Clocks = "Clocks 计时";
    public const string Communication = "Communication 沟通";
    public const string Ending = "Closing 结案";

    public static ActivityDescriptor Activity(
        string name, string category, string zh, string en, IReadOnlyList<InputDescriptor>? inputs = null, params string[] ports) =>
        new("CaseManagement." + name, category)
        {
            DisplayName = zh,
            Description = en,
            Inputs = inputs ?? [],
            Ports = [.. ports.Select(p => new PortDescriptor(p))],
        };

    /// <summary>One of the pack's things, chosen from a list.</summary>
    public static InputDescriptor One(string name, string zh, string en, bool required = false) =>
        new(name, "String") { DisplayName = $"{zh} {en}", UIHint = "dropdown", IsRequired = required };

    /// <summary>Several of the pack's things.</summary>
    public static InputDescriptor Many(string name, string zh, string en, bool required = false) =>
        new(name, "List<String>") { DisplayName = $"{zh} {en}", UIHint = "checklist", IsRequired = required };

    public static InputDescriptor Line(string name, string zh, string en) =>
        new(name, "String") { DisplayName = $"{zh} {en}", UIHint = "singleline" };

    public static InputDescriptor Tick(string name, string zh, string en) =>
        new(name, "Boolean") { DisplayName = $"{zh} {en}", UIHint = "checkbox" };

    public static InputDescriptor Json(string name, string zh, string en, bool required = false) =>
        new(name, "Object") { DisplayName = $"{zh} {en}", UIHint = "json-editor", IsRequired = required };

    /// <summary>The ports the process owner names.</summary>
    public static InputDescriptor Ports(string name, string zh, string en) =>
        new(name, "List<String>") { DisplayName = $"{zh} {en}", UIHint = "dynamic-outcomes", DefaultValue = new JsonArray("Done") };
}
