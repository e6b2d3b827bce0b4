namespace CaseManagement.Web.Persistence.Settings;

/// <summary>Marks what bursts read from caches: saving such a row raises the <see cref="ConfigurationStamp"/> in the same commit.</summary>
public interface IConfigurationRow;
