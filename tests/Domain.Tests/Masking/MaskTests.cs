using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Masking;
using CaseManagement.Domain.Parties;
using CaseManagement.Domain.Tests.Complaints;

namespace CaseManagement.Domain.Tests.Masking;

/// <summary>What of a complainant's data who is shown.</summary>
public sealed class MaskTests
{
    private const string Id = "110101199003074514";

    [Theory]
    [InlineData("张伟", "张**")]
    [InlineData("欧阳娜娜", "欧**")]
    [InlineData("Wang Li", "W**")]
    [InlineData("", "")]
    public void A_name_keeps_its_first_character(string name, string shown) => Assert.Equal(shown, Mask.Name(name));

    [Theory]
    [InlineData("13812345678", "138****5678")]
    [InlineData("010-65001234", "010****1234")]
    [InlineData("12345", "****")]
    [InlineData(null, "")]
    public void A_number_keeps_its_ends(string? phone, string shown) => Assert.Equal(shown, Mask.Phone(phone));

    [Theory]
    [InlineData("zhang.wei@example.com", "z***@example.com")]
    [InlineData("no address", "")]
    public void An_address_for_mails_keeps_where_it_goes(string email, string shown) => Assert.Equal(shown, Mask.Email(email));

    [Theory]
    [InlineData("上海市浦东新区世纪大道100号8楼", "上海市浦东新区****")]
    [InlineData("浙江省杭州市桐庐县城南街道1号", "浙江省杭州市桐庐县****")]
    [InlineData("12 High Street, Leeds", "****, Leeds")]
    [InlineData("12 High Street, Leeds LS1 4DY", "****")]
    [InlineData("某处", "****")]
    public void An_address_ends_with_the_district(string address, string shown) => Assert.Equal(shown, Mask.Address(address));

    [Theory]
    [InlineData(Id, "****4514")]
    [InlineData("6222 0000 1234 5678", "****5678")]
    [InlineData("1234567", "****")]
    [InlineData("患有糖尿病多年，需要照顾", "****")]
    public void Of_a_protected_number_the_last_four_stay_and_of_words_nothing(string value, string shown) => Assert.Equal(shown, Mask.LastFour(value));

    [Theory]
    [InlineData("请打13812345678，或 138 1234 5678。", "请打138****5678，或 138****5678。")]
    [InlineData("电话１３８１２３４５６７８", "电话138****5678")]
    [InlineData("座机 010-65001234", "座机 010****1234")]
    [InlineData("+44 20 7946 0958", "+44****0958")]
    [InlineData("写到 zhang.wei@mail.example.com 吧", "写到 z***@mail.example.com 吧")]
    [InlineData("证件 " + Id + "。", "证件 ****。")]
    [InlineData("证件 11010119900307451x", "证件 ****")]
    [InlineData("卡 6222021234567890127 和 4111-1111-1111-1111", "卡 6222021234567890127 和 ****")]
    [InlineData("单号 20261124000123，2026-11-24 10:00，金额 1,200.00", "单号 20261124000123，2026-11-24 10:00，金额 1,200.00")]
    [InlineData("0198c000-0000-7000-8000-013812345678", "0198c000-0000-7000-8000-013812345678")]
    [InlineData("", "")]
    public void In_a_text_numbers_and_addresses_are_recognised_by_their_shape(string text, string shown) => Assert.Equal(shown, WordMask.Shapes.Of(text));

    // name, phone, e-mail, address, identity number, respondent, words
    [Theory]
    [InlineData("li", true, Standing.Colleague, "王小花", "13812345678", "w@example.com", "上海市浦东新区世纪大道1号", "****4514", "张强", true)]
    [InlineData("zhou", true, Standing.Colleague, "王小花", "138****5678", "w***@example.com", "上海市浦东新区****", "****4514", "张强", true)]
    [InlineData("wang", false, Standing.Colleague, "王**", "138****5678", "w***@example.com", "上海市浦东新区****", null, "", false)]
    [InlineData("wang", false, Standing.Reads, "王**", "138****5678", "w***@example.com", "上海市浦东新区****", null, "", false)]
    [InlineData("shen", false, Standing.Audits, "王**", "138****5678", "w***@example.com", "上海市浦东新区****", null, "张**", false)]
    public void Each_reader_is_shown_what_is_theirs(
        string person, bool mayAct, Standing reading, string name, string phone, string email, string address, string? id, string respondent, bool words)
    {
        var one = Case(confidential: false);

        var mask = one.Mask(person, mayAct, reading);

        Assert.Equal((name, phone, email), (mask.Name, mask.Phone, mask.Email));
        Assert.Equal(address, mask.Fact("homeAddress", one.Complaint.Facts["homeAddress"])?.Text);
        Assert.Equal(id, mask.Fact("idNumber", one.Complaint.Facts["idNumber"])?.Text);
        Assert.Equal(respondent, mask.Of(DataClass.Respondent, "张强"));
        Assert.Equal(words ? "王小花（13812345678）" : "王**（138****5678）", mask.Say("王小花（13812345678）"));
    }

    [Theory]
    [InlineData("zhou", true, Standing.Colleague)]
    [InlineData("wang", false, Standing.Reads)]
    [InlineData("shen", false, Standing.Audits)]
    public void Of_a_covered_identity_no_part_is_shown_and_the_name_stands_in_no_text(string person, bool mayAct, Standing reading)
    {
        var one = Case(confidential: true);

        var mask = one.Mask(person, mayAct, reading);

        Assert.Equal(("", "", ""), (mask.Name, mask.Phone, mask.Email));
        Assert.Null(mask.Fact("homeAddress", one.Complaint.Facts["homeAddress"]));
        Assert.Null(mask.Fact("idNumber", one.Complaint.Facts["idNumber"]));
        Assert.Equal("****说，打****或写****。", mask.Say("王小花说，打13812345678或写w@example.com。"));
        Assert.Equal("王小花", one.Mask("li", mayAct: true).Name);
    }

    private static CaseInHand Case(bool confidential)
    {
        var one = new CaseInHand(registration: new Registration
        {
            Complainant = new Complainant { Name = "王小花", Phone = "13812345678", Email = "w@example.com", Confidential = confidential },
            Respondent = new Respondent(null, "zhang"),
        });
        one.Do("li", act => act.Complaint.ChangeFacts(
            act, new Dictionary<string, FactValue> { ["idNumber"] = FactValue.Of(Id), ["homeAddress"] = FactValue.Of("上海市浦东新区世纪大道1号") }, null));
        one.Task("staff@service", "li");
        return one;
    }
}
