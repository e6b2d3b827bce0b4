using System.Reflection;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Configuration;
using CaseManagement.Workflows.Runtime;

namespace CaseManagement.Architecture.Tests;

/// <summary>Domain ← Workflows ← Web, never back.</summary>
public class DependencyDirectionTests
{
    private static readonly Assembly DomainAssembly = typeof(Complaint).Assembly;
    private static readonly Assembly WorkflowsAssembly = typeof(Activity).Assembly;
    private static readonly Assembly WebAssembly = typeof(CaseServices).Assembly;

    // the folders of Workflows that work with cases; the runtime itself knows none
    private static readonly string[] KnowTheDomain = [".CaseActivities", ".Cases", ".Cases.Store", ".Simulation", ".Simulation.Replays", ".Simulation.Scenarios", ".Simulation.Trials"];

    [Fact]
    public void Domain_references_nothing_but_the_runtime_library_and_NodaTime() =>
        Assert.All(DomainAssembly.GetReferencedAssemblies(), r => Assert.True(
            r.Name == "NodaTime" || r.Name!.StartsWith("System.", StringComparison.Ordinal), $"Domain references {r.Name}."));

    [Fact]
    public void Workflows_knows_neither_the_web_nor_a_database() =>
        Assert.DoesNotContain(
            WorkflowsAssembly.GetReferencedAssemblies(),
            r => r.Name!.Contains("AspNetCore", StringComparison.Ordinal) || r.Name.Contains("EntityFramework", StringComparison.Ordinal) || r.Name.Contains("Sqlite", StringComparison.Ordinal));

    [Fact]
    public void Workflows_does_not_know_the_web() =>
        Assert.DoesNotContain(WorkflowsAssembly.GetReferencedAssemblies(), r => r.Name == WebAssembly.GetName().Name);

    [Fact]
    public void The_runtime_knows_no_complaint()
    {
        var root = WorkflowsAssembly.GetName().Name!;
        var runtime = WorkflowsAssembly.GetTypes().Where(t => t.Namespace is { } name && !KnowTheDomain.Any(folder => name == root + folder)).ToList();

        Assert.Contains(runtime, t => t == typeof(Burst));
        Assert.DoesNotContain(runtime, t => SignatureTypes(t).Any(s => s.Assembly == DomainAssembly));
    }

    private static IEnumerable<Type> SignatureTypes(Type type)
    {
        const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
        return type.GetFields(Declared).Select(f => f.FieldType)
            .Concat(type.GetMethods(Declared).Select(m => m.ReturnType))
            .Concat(type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared)).SelectMany(m => m.GetParameters()).Select(p => p.ParameterType))
            .SelectMany(t => t.GetGenericArguments().Append(t));
    }
}
