using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Figures;

/// <summary>A figure somebody or something outside has given: a city's living cost from a day on, the units sold to one dealer in a month.</summary>
/// <param name="Name">The fact it stands for, or what follows <c>external.</c> in counters and reports.</param>
/// <param name="For">For what it is given, such as a supplier or city; empty: for all.</param>
/// <param name="From">The first day for which it holds.</param>
/// <param name="Through">The last day of its period; null: until a later figure takes its place.</param>
/// <param name="Value">What it is; unknown: an earlier figure is taken back.</param>
public sealed record Figure(string Name, string For, DateOnly From, DateOnly? Through, FactValue Value);
