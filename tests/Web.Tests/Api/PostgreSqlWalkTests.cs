namespace CaseManagement.Web.Tests.Api;

/// <summary>The same walks on PostgreSQL.</summary>
public sealed class PostgreSqlWalkTests() : CaseWalkTests(new ApiHost(onPostgreSql: true));
