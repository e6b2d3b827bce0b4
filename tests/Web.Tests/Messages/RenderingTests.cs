using CaseManagement.Web.Messages;
using CaseManagement.Workflows.Cases;

namespace CaseManagement.Web.Tests.Messages;

public sealed class RenderingTests
{
    private static Dictionary<string, object> Model(string value) => new(StringComparer.Ordinal) { ["name"] = value, ["clock"] = new Dictionary<string, object>(StringComparer.Ordinal) };

    [Theory]
    [InlineData("{{name}}", "a {{number}} {{{x}}}", "a {{number}} {{{x}}}")]
    [InlineData("{{name}}", "<b>&amp;</b>", "<b>&amp;</b>")]
    [InlineData("[{{missing}}{{clock.gone.dueAt}}]", "", "[]")]
    [InlineData("{{#if name}}yes{{else}}no{{/if}}", "", "no")]
    [InlineData("{{name}}", "ab\u202ecd\u0007", "abcd")]
    [InlineData("{{name.name}}, {{ name }}", "Grave", "Grave, Grave")]
    public void Values_are_written_as_text_and_never_read_as_a_template(string template, string value, string expected) =>
        Assert.Equal(expected, TemplateRendering.Text(template, Model(value)));

    [Fact]
    public void A_subject_stays_one_line_whatever_a_value_has() =>
        Assert.Equal("To Wang Bcc: all@example.com X", TemplateRendering.Line("To {{name}} X", Model("Wang\r\nBcc: all@example.com\u2028")));

    [Theory]
    [InlineData("{{name.GetType}}")]
    [InlineData("{{name.Chars}}")]
    [InlineData("{{clock.Comparer}}")]
    [InlineData("{{clock.Keys}}")]
    public void Members_of_objects_are_not_reached(string template) => Assert.DoesNotContain("System", TemplateRendering.Text(template, Model("x")), StringComparison.Ordinal);

    [Fact]
    public void What_is_too_long_is_cut() =>
        Assert.Equal(TemplateRendering.MaxLength, TemplateRendering.Text(string.Concat(Enumerable.Repeat("{{name}}", 400)), Model(new string('x', 1000))).Length);

    [Theory]
    [InlineData("{{{name}}}")]
    [InlineData("{{#each clock}}x{{/each}}")]
    [InlineData("{{> x}}")]
    public void A_template_with_mistakes_is_not_written_out(string template) =>
        Assert.Throws<TemplateRefusedException>(() => TemplateRendering.Text(template, Model("x"), tries: true));

    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("Hello", 5, 1)]
    [InlineData("€", 2, 1)]
    [InlineData("您好", 2, 1)]
    public void A_short_text_is_one_SMS(string text, int characters, int parts)
    {
        var length = SmsLength.Of(text);

        Assert.Equal((characters, parts), (length.Characters, length.Parts));
    }

    [Theory]
    [InlineData('a', 160, 1)]
    [InlineData('a', 161, 2)]
    [InlineData('a', 306, 2)]
    [InlineData('a', 307, 3)]
    [InlineData('您', 70, 1)]
    [InlineData('您', 71, 2)]
    [InlineData('您', 135, 3)]
    public void A_long_text_is_several(char letter, int count, int parts) => Assert.Equal(parts, SmsLength.Of(new string(letter, count)).Parts);

    [Theory]
    [InlineData("Thank you.\n\nOn Mon, 1 Sep 2026 at 10:00, Complaints <c@example.org> wrote:\n> old\n> older", "Thank you.", true)]
    [InlineData("谢谢。\n\n在 2026年9月1日，客服 写道：\n> 旧", "谢谢。", true)]
    [InlineData("Yes\n-----Original Message-----\nFrom: a", "Yes", true)]
    [InlineData("好的\n发件人: 客服\n发送时间: 2026年9月1日\n收件人: 我", "好的", true)]
    [InlineData("New\n> old", "New", true)]
    [InlineData("> question\nanswer between", "> question\nanswer between", false)]
    [InlineData("From: here to there is far", "From: here to there is far", false)]
    [InlineData("> all is quoted", "> all is quoted", false)]
    public void What_is_new_is_parted_from_what_is_quoted(string mail, string expected, bool hasQuoted)
    {
        var (text, quoted) = QuotedText.Split(mail);

        Assert.Equal((expected, hasQuoted), (text, quoted is not null));
    }

    [Fact]
    public void HTML_becomes_text_and_nothing_of_it_stays()
    {
        var text = HtmlText.Of("<html><head><title>T</title><style>p{}</style></head><body onload=x><p>Good <b>day</b> &amp; thanks</p><script>alert(1)</script><img src=x onerror=alert(2)><blockquote>old<br>older</blockquote></body></html>");

        Assert.StartsWith("Good day & thanks", text, StringComparison.Ordinal);
        Assert.DoesNotContain("alert", text, StringComparison.Ordinal);
        Assert.DoesNotContain('<', text);
        Assert.Equal("Good day & thanks", QuotedText.Split(text).New);
    }
}
