namespace CaseManagement.Web.Features.Calendars;

/// <summary>Texts of these pages.</summary>
public sealed class CalendarsText;
