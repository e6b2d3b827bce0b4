using CaseManagement.Web.Persistence.Cases;

namespace CaseManagement.Web.Tests.Pages.Inbox;

public sealed class TextGramsTests
{
    [Theory]
    [InlineData("空调维修", "'空调':1 '调维':2 '维修':3 '修':4")]
    [InlineData("ts2026 空调", "'ts2026':1 '空调':2 '调':3")]
    [InlineData("it's \\ ok", "'it':1 's':2 'ok':3")]
    [InlineData("", "")]
    public void Text_becomes_pairs_of_characters_and_whole_words(string plain, string vector) => Assert.Equal(vector, TextGrams.VectorOf(plain));

    [Theory]
    [InlineData("调维", "'调维'")]
    [InlineData("空调维", "'空调' <-> '调维'")]
    [InlineData("空", "'空':*")]
    [InlineData("Refund", "'refund':*")]
    [InlineData("ＡＢＣ", "'abc':*")]
    [InlineData("空调3台", "'空调' <-> '调' <-> '3' <-> '台':*")]
    [InlineData("'; --", "")]
    public void A_question_names_the_entries_one_after_the_other(string typed, string query) => Assert.Equal(query, TextGrams.QueryOf(typed));
}
