namespace CaseManagement.Web.Nodes;

/// <summary>The product does not start like this, because it could damage data or count time wrongly. Says so in both languages.</summary>
public sealed class StartRefusedException(string chinese, string english) : Exception($"{chinese}\n{english}");
