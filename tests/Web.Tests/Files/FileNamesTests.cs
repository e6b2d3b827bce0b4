using CaseManagement.Web.Files;

namespace CaseManagement.Web.Tests.Files;

public sealed class FileNamesTests
{
    [Theory]
    [InlineData("../../etc/passwd.txt", "passwd.txt")]
    [InlineData("..\\..\\windows\\win.txt", "win.txt")]
    [InlineData("C:\\Users\\li\\现场 照片.jpg", "现场 照片.jpg")]
    [InlineData("a\r\nSet-Cookie: x=1.txt", "aSet-Cookie_ x=1.txt")]
    [InlineData("invoice\u202Egpj.pdf", "invoicegpj.pdf")]
    [InlineData("a\u2066b\u2069\u200Bc\uFEFF.txt", "abc.txt")]
    [InlineData("a<b>\"|?*.txt", "a_b_____.txt")]
    [InlineData(" .. ", "file")]
    [InlineData("", "file")]
    [InlineData(null, "file")]
    [InlineData("CON.txt", "_CON.txt")]
    [InlineData("a\0b\uD800.txt", "ab.txt")]
    [InlineData("many   spaces\u3000here.txt", "many spaces here.txt")]
    public void A_name_is_made_fit_to_be_shown_and_saved(string? given, string clean) => Assert.Equal(clean, FileNames.Clean(given));

    [Fact]
    public void A_long_name_is_cut_and_keeps_its_ending()
    {
        var clean = FileNames.Clean(new string('长', 400) + ".jpg");

        Assert.Equal(FileNames.MaxLength, clean.Length);
        Assert.EndsWith("长.jpg", clean, StringComparison.Ordinal);
    }
}
