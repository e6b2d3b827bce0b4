using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Persistence.Organisation;

/// <summary>
/// Keeps Data Protection keys in the database, so that every node reads the others' cookies; sealed by the key file where there is one. What lies there in
/// the clear from before is sealed when it is next read.
/// </summary>
internal sealed class StoredKeys(IDbContextFactory<CaseManagementDbContext> contexts, KeyFile file) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var context = contexts.CreateDbContext();
        var kept = context.DataProtectionKeys.AsNoTracking().OrderBy(k => k.Id).ToList();
        foreach (var open in file.IsThere ? kept.Where(k => !KeyFile.IsSealed(k.Xml)) : [])
        {
            var (id, text) = (open.Id, file.Seal(open.Xml));
            context.DataProtectionKeys.Where(k => k.Id == id).ExecuteUpdate(k => k.SetProperty(one => one.Xml, text));
        }

        return [.. kept.Select(k => XElement.Parse(file.Open(k.Xml)))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var context = contexts.CreateDbContext();
        context.DataProtectionKeys.Add(new DataProtectionKey
        {
            FriendlyName = friendlyName,
            Xml = file.Seal(element.ToString(SaveOptions.DisableFormatting)),
        });
        context.SaveChanges();
    }
}
