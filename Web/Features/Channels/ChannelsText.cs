namespace CaseManagement.Web.Features.Channels;

/// <summary>Texts of this page.</summary>
public sealed class ChannelsText;
