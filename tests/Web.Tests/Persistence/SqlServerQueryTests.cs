using System.Collections;
using System.Collections.Concurrent;
using System.Data.Common;
using System.Linq.Expressions;
using System.Net.Http.Headers;
using System.Reflection;
using CaseManagement.Web.Designer;
using CaseManagement.Web.Persistence.PostgreSql;
using CaseManagement.Web.Persistence.Sqlite;
using CaseManagement.Web.Persistence.SqlServer;
using CaseManagement.Web.Tests.Api;
using CaseManagement.Web.Tests.Pages;
using CaseManagement.Web.Tests.Portal;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Persistence;

/// <summary>
/// What the product asks by LINQ while its pages, its API and the designer's are walked over is asked again of the model of SQL Server: each question
/// becomes SQL that SQL Server understands. None is run there.
/// </summary>
public sealed class SqlServerQueryTests
{
    private const string Speed = "空调维修三次未上门";

    [Fact]
    public async Task Every_question_of_a_walk_over_the_product_becomes_transact_sql()
    {
        var questions = new Questions();
        await WalkAsync(questions);

        var sql = new List<string>();
        var failures = new List<string>();
        foreach (var question in questions.Asked)
        {
            try
            {
                var text = Translation.Of(question);
                TSql.Parse(text);
                sql.Add(text);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                failures.Add($"{question}\n  {failure.GetType().Name}: {failure.Message}");
            }
        }

        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
        Assert.InRange(sql.Count, 60, int.MaxValue);
        Assert.Contains(sql, text => text.Contains("[CaseTexts]", StringComparison.Ordinal) && text.Contains("LIKE", StringComparison.Ordinal));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join("\n\n", sql));
    }

    private static async Task WalkAsync(Questions questions)
    {
        await using var site = new WatchedSite(questions);
        var li = await site.AsAsync("li");
        var speed = (await site.CaseAsync(Speed)).Complaint.Id;
        foreach (var (person, pages) in new (string, string[])[]
        {
            ("li",
            [
                "/inbox?view=mine", "/inbox?view=open&q=空调", "/inbox?view=late&sort=level", "/inbox?view=open&sort=gravest&channel=visit", $"/inbox/preview/{speed}",
                $"/cases/{speed}", $"/cases/{speed}/timeline", "/notifications/settings", "/intake",
            ]),
            ("zhou", ["/inbox?view=approval", "/inbox?view=escalated", "/board", "/board?department=service"]),
            ("owner",
            [
                "/processes", "/processes/standard-complaint", "/processes/standard-complaint?tab=history", "/processes/standard-complaint?tab=findings",
                "/processes/standard-complaint/migrate", "/processes/standard-complaint/simulation", "/processes/standard-complaint/replay", "/limits",
                "/limits?limit=reply", "/limits/standard-complaint?limit=resolution",
            ]),
            ("admin",
            [
                "/jobs", "/incidents", "/departments", "/departments/quality", "/users?q=a", "/users/zhang", "/account", "/keys", "/calendars", "/calendars/office", "/notifications/rules",
            ]),
            ("auditor", ["/inbox?view=open"]),
        })
        {
            var browser = person == "li" ? li : await site.AsAsync(person, "en");
            foreach (var page in pages)
            {
                await browser.ReadAsync(page);
            }
        }

        var complainant = site.Visitor();
        var receipt = await complainant.FollowAsync(await complainant.SendAsync(await complainant.ReadAsync("/portal"), "门店灯箱坏了"));
        await complainant.OpenAsync(PortalSite.CodeOf(receipt));
        await complainant.ReadAsync("/portal/case");
        await complainant.DoAsync("messages", ("text", "还没修"));
        await complainant.PostAsync("/portal/leave");

        using var program = site.CreateClient();
        program.DefaultRequestHeaders.Add("X-Api-Key", WatchedSite.Key);
        foreach (var path in new[]
        {
            "complaints?q=a", "complaints?overdue=true&page=2&pageSize=2&sort=number", $"complaints/{speed}", "tasks?state=open&pageSize=5", "tasks?state=done&pageSize=1",
            "processes/standard-complaint/versions", "audit?entity=process:standard-complaint",
        })
        {
            await program.AskAsync($"/api/v1/{path}");
        }

        using var designer = site.CreateClient();
        var token = site.Services.GetRequiredService<DesignerTokens>()
            .Create(await site.PersonAsync("owner"), "a-session", DateTimeOffset.MaxValue, null, "en");
        designer.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Text);
        var searched = await designer.AskAsync("/elsa/api/workflow-definitions?searchTerm=a&page=0&pageSize=10&orderBy=Name");
        await designer.AskAsync($"/elsa/api/workflow-definitions/{searched["items"]![0]!["definitionId"]}/consumers");
        await designer.AskAsync("/elsa/api/descriptors/activities");
        await designer.TellAsync("/elsa/api/workflow-instances", new { searchTerm = "a", page = 0, pageSize = 10 });
    }

    private sealed class WatchedSite(Questions questions) : Site
    {
        public const string Key = "test-bootstrap-key";

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Bootstrap:AdminApiKey", Key);
            builder.ConfigureTestServices(services => services
                .ConfigureDbContext<SqliteCaseManagementDbContext>(Watch).ConfigureDbContext<PostgreSqlCaseManagementDbContext>(Watch));
        }

        // with a memory of its own, so that a question another test has asked before is asked anew
        private void Watch(DbContextOptionsBuilder options) =>
            options.AddInterceptors(questions).UseMemoryCache(questions.Memory);
    }

    /// <summary>Hears each question once, its parameters taken out.</summary>
    private sealed class Questions : IQueryExpressionInterceptor
    {
        public ConcurrentQueue<Expression> Asked { get; } = new();

        public MemoryCache Memory { get; } = new(new MemoryCacheOptions());

        public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData)
        {
            Asked.Enqueue(queryExpression);
            return queryExpression;
        }
    }

    private static class Translation
    {
        /// <summary>The SQL that SQL Server would get first for this question.</summary>
        public static string Of(Expression question)
        {
            var queried = question.Type.GetInterfaces().Append(question.Type)
                .FirstOrDefault(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(IQueryable<>));
            var answer = queried is null ? question.Type : typeof(IEnumerable<>).MakeGenericType(queried.GetGenericArguments());
            return (string)typeof(Translation).GetMethod(nameof(Run), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(answer).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [question], null)!;
        }

        private static string Run<TAnswer>(Expression question)
        {
            var wire = new Wire();
            var options = new DbContextOptionsBuilder<SqlServerCaseManagementDbContext>();
            options.UseSqlServerStore(SqlServerDatabase.Nowhere).AddInterceptors(wire);
            using var context = new SqlServerCaseManagementDbContext(options.Options);
            var moved = new Moved(context.Model);
            var run = context.GetService<IQueryCompilationContextFactory>().Create(async: false).CreateQueryExecutor<TAnswer>(moved.Visit(question));
            var values = context.GetService<IQueryContextFactory>().Create();
            foreach (var (name, type) in moved.Parameters)
            {
                values.Parameters[name] = Sample(type);
            }

            try
            {
                if (run(values) is IEnumerable rows)
                {
                    rows.GetEnumerator().MoveNext();
                }
            }
            catch (SentException sent)
            {
                return sent.Message;
            }

            throw new InvalidOperationException("Nothing was sent.");
        }

        private static object? Sample(Type type)
        {
            if (type == typeof(string))
            {
                return "x";
            }

            if (type == typeof(DbFunctions))
            {
                return EF.Functions;
            }

            if (type != typeof(byte[]) && type.GetInterfaces().Append(type)
                .FirstOrDefault(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(IEnumerable<>)) is { } many)
            {
                var one = many.GetGenericArguments()[0];
                var array = Array.CreateInstance(one, 1);
                array.SetValue(Sample(one), 0);
                return type.IsInstanceOfType(array) ? array : Activator.CreateInstance(type, array);
            }

            return type == typeof(byte[]) ? new byte[16] : Activator.CreateInstance(Nullable.GetUnderlyingType(type) ?? type);
        }
    }

    /// <summary>The question, of the tables of another model.</summary>
    private sealed class Moved(IModel model) : ExpressionVisitor
    {
        public Dictionary<string, Type> Parameters { get; } = [];

        protected override Expression VisitExtension(Expression node)
        {
            if (node is QueryParameterExpression parameter)
            {
                Parameters[parameter.Name] = parameter.Type;
                return node;
            }

            return node is EntityQueryRootExpression root ? new EntityQueryRootExpression(model.FindEntityType(root.EntityType.Name)!) : base.VisitExtension(node);
        }
    }

    /// <summary>Opens nothing and sends nothing.</summary>
    private sealed class Wire : DbCommandInterceptor, IDbConnectionInterceptor
    {
        public InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => InterceptionResult.Suppress();

        public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) =>
            throw new SentException(command.CommandText);

        public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result) =>
            throw new SentException(command.CommandText);
    }

    private sealed class SentException(string sql) : Exception(sql);
}
