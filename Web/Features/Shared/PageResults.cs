using CaseManagement.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace CaseManagement.Web.Features.Shared;

/// <summary>What pages answer besides a view.</summary>
public static class PageResults
{
    /// <summary>The address this page can be opened at, for links that reload it after a refused POST.</summary>
    public const string Self = "Self";

    /// <summary>The page again, with what was typed: 400 for bad input, 403 for what the reader may not do, 409 for a lost race or a broken rule.</summary>
    public static ViewResult Again(this Controller controller, string view, object model, ActionAnswer answer, string self)
    {
        var result = controller.View(view, model);
        result.StatusCode = answer.Result switch
        {
            ActionEnd.Invalid => StatusCodes.Status400BadRequest,
            ActionEnd.Forbidden => StatusCodes.Status403Forbidden,
            _ => StatusCodes.Status409Conflict,
        };
        result.ViewData[Self] = self;
        return result;
    }

    /// <summary>The same address with one query value changed, the others kept; null takes it away.</summary>
    public static string With(HttpRequest request, ViewDataDictionary view, string name, string? value)
    {
        var path = view[Self] as string;
        var query = path is null
            ? request.Query.Where(one => one.Key != name && one.Key is not ("said" or Sessions.IdleMark))
                .SelectMany(one => one.Value, (one, text) => KeyValuePair.Create(one.Key, text))
            : [];
        if (value is not null)
        {
            query = query.Append(KeyValuePair.Create(name, (string?)value));
        }

        return (path ?? request.PathBase + request.Path) + QueryString.Create(query);
    }
}
