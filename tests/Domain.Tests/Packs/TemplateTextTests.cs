using CaseManagement.Domain.Packs;

namespace CaseManagement.Domain.Tests.Packs;

public sealed class TemplateTextTests
{
    [Theory]
    [InlineData("Dear {{{complainant}}}", TemplateMistakes.Unescaped, 1, 6)]
    [InlineData("{{&complainant}}", TemplateMistakes.Unescaped, 1, 1)]
    [InlineData("a\nb {{> other}}", TemplateMistakes.Partial, 2, 3)]
    [InlineData("{{#each facts}}x{{/each}}", TemplateMistakes.Helper, 1, 1)]
    [InlineData("{{#with clock}}x{{/with}}", TemplateMistakes.Helper, 1, 1)]
    [InlineData("{{lookup this 'x'}}", TemplateMistakes.Helper, 1, 1)]
    [InlineData("{{log number}}", TemplateMistakes.Helper, 1, 1)]
    [InlineData("{{#*inline \"x\"}}y{{/inline}}", TemplateMistakes.Helper, 1, 1)]
    [InlineData("{{#if (eq a b)}}x{{/if}}", TemplateMistakes.Helper, 1, 1)]
    [InlineData("{{^if}}", TemplateMistakes.Helper, 1, 1)]
    [InlineData("{{../number}}", TemplateMistakes.Name, 1, 1)]
    [InlineData("{{this}}", TemplateMistakes.Name, 1, 1)]
    [InlineData("{{@root.number}}", TemplateMistakes.Helper, 1, 1)]
    [InlineData("{{number.[0]}}", TemplateMistakes.Name, 1, 1)]
    [InlineData("{{}}", TemplateMistakes.Name, 1, 1)]
    [InlineData("\\{{number}}", TemplateMistakes.Name, 1, 1)]
    [InlineData("one\n\n  {{number", TemplateMistakes.Open, 3, 3)]
    [InlineData("{{number}}}", TemplateMistakes.Open, 1, 9)]
    [InlineData("{{#if demand}}x", TemplateMistakes.Block, 1, 1)]
    [InlineData("x{{/if}}", TemplateMistakes.Block, 1, 2)]
    [InlineData("{{#if a}}x{{/unless}}", TemplateMistakes.Block, 1, 11)]
    [InlineData("{{else}}", TemplateMistakes.Block, 1, 1)]
    [InlineData("{{{{raw}}}}x{{{{/raw}}}}", TemplateMistakes.Unescaped, 1, 1)]
    public void What_a_template_may_not_have_is_found_with_its_place(string template, string code, int line, int column)
    {
        var mistake = TemplateText.Read(template).Mistakes[0];

        Assert.Equal((code, line, column), (mistake.Code, mistake.Line, mistake.Column));
    }

    [Theory]
    [InlineData("no placeholder, one brace { and } two")]
    [InlineData("{{number}} {{ clock.reply.dueAt }}")]
    [InlineData("{{#if demand}}{{demand}}{{else}}none{{/if}}")]
    [InlineData("{{#unless demand}}none{{/unless}}{{! a remark }}{{!-- {{not}} --}}")]
    [InlineData("{{~number~}}")]
    public void Placeholders_conditions_and_remarks_are_there(string template) => Assert.Empty(TemplateText.Read(template).Mistakes);

    [Fact]
    public void Names_come_with_their_places()
    {
        var names = TemplateText.Read("{{number}}\n {{#if demand}}{{clock.reply.dueAt}}{{/if}}").Names;

        Assert.Equal([("number", 1, 1), ("demand", 2, 2), ("clock.reply.dueAt", 2, 16)], names.Select(n => (n.Name, n.Line, n.Column)));
    }

    [Fact]
    public void Length_and_number_of_placeholders_are_bounded()
    {
        Assert.Equal(TemplateMistakes.TooLong, Assert.Single(TemplateText.Read(new string('x', TemplateText.MaxLength + 1)).Mistakes).Code);
        Assert.Equal(TemplateMistakes.TooMany, Assert.Single(TemplateText.Read(string.Concat(Enumerable.Repeat("{{a}}", TemplateText.MaxTags + 1))).Mistakes).Code);
        Assert.Contains(TemplateText.Read(string.Concat(Enumerable.Repeat("{{#if a}}", 40)) + string.Concat(Enumerable.Repeat("{{/if}}", 40))).Mistakes, m => m.Code == TemplateMistakes.Block);
    }
}
