using System.Text;
using CaseManagement.Domain.Complaints;

namespace CaseManagement.Domain.Tests.Complaints;

public class CaseDocumentTests
{
    [Theory]
    [InlineData("""{"id":{"value":"x"},"facts":{"values":{"kind":"complaint","rows":[{"description":"no"}],"description":"约定三次\n未上门","z":1}}}""", "约定三次\n未上门")]
    [InlineData("""{"description":"no","facts":{"derived":{"description":"no"},"values":{"kind":"complaint"}}}""", null)]
    [InlineData("""{"facts":{"values":{"description":{"rows":[]}}}}""", null)]
    [InlineData("""{"facts":{}}""", null)]
    [InlineData("{}", null)]
    public void The_description_is_found_without_building_the_case(string document, string? description) =>
        Assert.Equal(description, CaseDocument.DescriptionIn(Encoding.UTF8.GetBytes(document)));
}
